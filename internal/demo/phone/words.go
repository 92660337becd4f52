package phone

import (
	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"

	"antena/internal/desk"
)

// words are all the words of the page in one language.
type words struct {
	Language string // es, pt or en

	// Choosing who one is.
	WhoAreYou, WhoHint, People, NewNumber, NewNumberHint, Guest, GuestStory, Hidden, Switch string

	// The chat.
	Verified, Online, Typing, Notice, Today, Yesterday, DateLayout, You           string
	Sent, Delivered, Read, Failed, Pending                                        string
	Photo, Video, Voice, Document, Place, Card, Sticker, Unsupported              string
	ChooseOne, ShareLocation, ShareContact                                        string
	Placeholder, Send, Attach, Emoji, Record, Cancel, Recording, Reply, More      string
	OpenPhoto, Router, Receipt, SampleVoice, SampleDocument, SamplePlace, MyPlace string
	SampleTitle, SampleFile, Starters, Scroll, File                               string

	// The drawer.
	Around, AroundIntro, Console, ConsoleHint, Close                 string
	Answered, Posts, Waiting, Refused                                string
	Faults, FaultsIntro, BurstButton, BurstHint, Reconnecting, NoMic string
	FaultName, FaultHint                                             map[string]string
	Burst                                                            []string

	// What else can be sent and seen.
	Deleted, Edited, Forwarded, MissedCall, NumberChanged, Order, Song, NotDelivered string
	Edit, Delete, Film, StickerLabel, SongLabel, CardLabel                           string
	SampleSong, SampleForward, AdHeadline, AdBody, AdText, EchoText                  string
	FormTitle, FormName, FormDay, FormNotes, FormSend, Copied                        string
	More2, MoreIntro, FromAd, Call, ChangeNumber, ForwardOne, Poll, OwnerAnswers     string
	Catalogue, OrderNote, OrderSend                                                  string
	Clock, ClockHint, AnHour, ADay                                                   string
	Profile, ProfileHint, NoProfile, Apply, Next, NextHint, NextRefuse, NextLater    string
	Tape, TapeHint, TapeStart, TapeSave                                              string
	ProfileName                                                                      map[string]string

	// What went wrong.
	Back    string
	Problem map[string]string // by code; "" is the key of everything else
}

// problem returns the words for a failure.
func (w *words) problem(code string) string {
	if text, ok := w.Problem[code]; ok {
		return text
	}
	return w.Problem[""]
}

// wordsOf returns the words of a language of desk.Languages; English for any other.
func wordsOf(lang string) *words {
	switch lang {
	case "es":
		return spanish()
	case "pt":
		return portuguese()
	default:
		return english()
	}
}

// languageOf returns the words of the customer the address names, or those of the browser's own language.
func (p *Phone) languageOf(c *gin.Context) *words {
	if who, err := p.people.find(c.Param("id")); err == nil {
		return wordsOf(who.Language)
	}
	tags := make([]language.Tag, len(desk.Languages))
	for i, l := range desk.Languages {
		tags[i] = language.Make(l)
	}
	wanted, _, err := language.ParseAcceptLanguage(c.GetHeader("Accept-Language"))
	_, best, sure := language.NewMatcher(tags).Match(wanted...)
	if err != nil || sure == language.No {
		return wordsOf("en")
	}
	return wordsOf(desk.Languages[best])
}
