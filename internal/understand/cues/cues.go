package cues

// Mood is how the writer sounds.
type Mood string

// Moods. Calm is the absence of signs of another.
const (
	Calm    Mood = "calm"
	Anxious Mood = "anxious"
	Angry   Mood = "angry"
)

// Urgency is a reason to serve somebody sooner.
type Urgency string

// Urgencies.
const (
	Business  Urgency = "business"   // work or a shop stands still
	Health    Urgency = "health"     // somebody's health depends on the line
	Regulator Urgency = "regulator"  // a regulator, consumer office, court or review site was named
	Safety    Urgency = "safety"     // somebody may get hurt: a cable in the street, sparks, smoke
	NoService Urgency = "no_service" // nothing works at all
)

// Found is everything certain about one message. The zero value means: nothing certain.
type Found struct {
	Person      bool // asks for a human being
	Complaint   bool // lodges a complaint, or says that a regulator will hear of it
	OptOut      bool // the message, or one of its sentences, is in essence a wish to receive no more messages
	DataRequest bool // asks about, to correct or to erase their personal data
	Greeting    bool // nothing but a greeting
	Thanks      bool // nothing but thanks or a goodbye
	StillBroken bool // says that the problem persists
	WorksNow    bool // says that the problem is gone
	Restarted   bool // says that the equipment has been restarted already
	Mood        Mood
	Urgency     []Urgency
	Why         []Match
}

// Match is the evidence for one cue: the words, folded, that gave it away.
type Match struct {
	Cue  string
	Text string
}

// Urgent reports whether somebody should be served sooner than a plain loss of service would ask for.
func (f *Found) Urgent() bool {
	for _, u := range f.Urgency {
		if u != NoService {
			return true
		}
	}
	return false
}
