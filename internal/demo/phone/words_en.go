package phone

func english() *words {
	return &words{
		Language:  "en",
		WhoAreYou: "Who are you today?", WhoHint: "Pick a customer and write to the provider. Open more tabs to be several people.",
		People: "Customers", NewNumber: "A new number", NewNumberHint: "Somebody nobody knows yet",
		Guest: "Visitor", GuestStory: "A number nobody knows yet.", Hidden: "number hidden", Switch: "Be somebody else",

		Verified: "Verified business", Online: "online", Typing: "typing…",
		Notice: "This is a demonstration. The provider and its customers are invented, and what you write stays on this computer unless an external AI is set up.",
		Today:  "Today", Yesterday: "Yesterday", DateLayout: "2 Jan 2006", You: "You",
		Sent: "Sent", Delivered: "Delivered", Read: "Read", Failed: "Not sent", Pending: "Waiting",
		Photo: "Photo", Video: "Video", Voice: "Voice message", Document: "Document", Place: "Location", Card: "Contact",
		Sticker: "Sticker", Unsupported: "A message this page cannot show",
		ChooseOne: "Choose one", ShareLocation: "Send location", ShareContact: "Share my number",
		Placeholder: "Message", Send: "Send", Attach: "Attach", Emoji: "Emoji", Record: "Record a voice message", Cancel: "Cancel",
		Recording: "Recording", Reply: "Reply", More: "React or reply",
		OpenPhoto: "Photo or file", Router: "Picture: router, red light", Receipt: "Picture: payment receipt",
		SampleVoice: "Voice message: three notes", SampleDocument: "Document: a bill", SamplePlace: "Location: Puerto Claro",
		MyPlace: "Location: where I am", SampleTitle: "Sample bill of the demonstration", SampleFile: "bill.pdf",
		Starters: "You could begin with", Scroll: "To the newest message", File: "Send file",

		Around: "What is going on", AroundIntro: "You are the customer. On the other side an assistant answers, and people take over when they should.",
		Console: "Open the agents' console", ConsoleHint: "See this chat from the other side and answer it yourself.", Close: "Close",
		Answered: "answers", Posts: "deliveries to the desk", Waiting: "on their way", Refused: "refused",
		Faults: "Make trouble", FaultsIntro: "Break the network between you and the desk. Nothing may be lost or said twice.",
		BurstButton: "Send 3 quick messages", BurstHint: "One answer should come, not three.",
		Reconnecting: "Connecting again…", NoMic: "No microphone here: sent three notes instead.",
		FaultName: map[string]string{
			"down": "Network down", "hang": "No reply", "twice": "Everything three times", "order": "Wrong order", "limit": "Too fast",
		},
		FaultHint: map[string]string{
			"down":  "Answers are refused. Switch it off and they arrive.",
			"hang":  "Answers arrive, but the desk never hears that they did.",
			"twice": "Each message reaches the desk three times at once.",
			"order": "A message may overtake the one before it.",
			"limit": "The network asks the desk to slow down.",
		},
		Burst: []string{"hi", "internet is not working", "since last night"},
		Back:  "Back",
		Problem: map[string]string{
			"":              "That did not work. Try again.",
			"not_found":     "There is no such thing here.",
			"empty_text":    "Write something first.",
			"text_too_long": "That is too long: 4,096 characters at most.",
			"too_large":     "That is too large: 5 MB at most.",
			"file_kind":     "Send a JPEG or PNG picture, a PDF, a text or a recording.",
			"pressed":       "You pressed that already.",
			"guests":        "There are no more invented numbers.",
		},
	}
}
