package words

// english writes out an abbreviation or phone spelling of English.
func english(word string) string {
	switch word {
	case "u", "ya", "yu":
		return "you"
	case "ur", "yr":
		return "your"
	case "r":
		return "are"
	case "pls", "plz", "plss", "pleas", "pleese", "plese":
		return "please"
	case "thx", "tks", "thks", "thnx", "tnx", "ty", "thanx", "tysm":
		return "thanks"
	case "im":
		return "i'm"
	case "ill":
		return "i'll"
	case "dont", "dnt":
		return "don't"
	case "doesnt", "dosnt":
		return "doesn't"
	case "cant", "cnt":
		return "can't"
	case "wont":
		return "won't"
	case "isnt":
		return "isn't"
	case "didnt":
		return "didn't"
	case "hasnt":
		return "hasn't"
	case "havent":
		return "haven't"
	case "wasnt":
		return "wasn't"
	case "its":
		return "it's"
	case "whats", "wats":
		return "what's"
	case "heres":
		return "here's"
	case "theres":
		return "there's"
	case "ive":
		return "i've"
	case "wanna":
		return "want to"
	case "gonna":
		return "going to"
	case "gotta":
		return "got to"
	case "gimme":
		return "give me"
	case "lemme":
		return "let me"
	case "2day":
		return "today"
	case "2nite", "2night", "tonite":
		return "tonight"
	case "2moro", "tmrw", "tmr", "2morrow", "tomorow":
		return "tomorrow"
	case "b4":
		return "before"
	case "bc", "cuz", "coz", "cos", "bcoz":
		return "because"
	case "msg":
		return "message"
	case "msgs":
		return "messages"
	case "acct", "acc":
		return "account"
	case "pw", "pwd", "pass", "passwd":
		return "password"
	case "info":
		return "information"
	case "tech":
		return "technician"
	case "hrs":
		return "hours"
	case "mins", "min":
		return "minutes"
	case "meg", "megs", "mb", "mbps", "meg's":
		return "megs"
	case "rn":
		return "right now"
	case "asap":
		return "as soon as possible"
	case "w":
		return "with"
	case "wo":
		return "without"
	case "abt":
		return "about"
	case "ppl":
		return "people"
	case "smth":
		return "something"
	case "sm1", "some1":
		return "someone"
	case "any1":
		return "anyone"
	case "idk":
		return "i don't know"
	case "btw":
		return "by the way"
	}
	return ""
}
