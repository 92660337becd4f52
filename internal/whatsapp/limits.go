package whatsapp

import "time"

// Limits of what is sent. Lengths are in UTF-16 units: how Meta counts emoji is not documented, and this is the strictest
// likely way. Those marked "ours" are not Meta's. The files' limits stand in medialimits.go.
const (
	MaxText               = 4096
	MaxCaption            = 1024
	MaxBody               = 1024 // reply buttons, link, flow, location and contact requests
	MaxListBody           = 4096
	MaxHeader             = 60
	MaxFooter             = 60
	MaxButtons            = 3
	MaxButtonTitle        = 20
	MaxButtonID           = 256
	MaxSections           = 10
	MaxRows               = 10 // in all sections together
	MaxOpen               = 20
	MaxSectionTitle       = 24
	MaxRowTitle           = 24
	MaxRowDescription     = 72
	MaxRowID              = 200
	MaxLinkLabel          = 20
	MaxFlowLabel          = 30
	MaxURL                = 2000
	MaxCallbackData       = 512
	MaxOverrideURL        = 200
	MaxTemplateName       = 512
	MaxTemplateBody       = 1024 // one parameter cannot be longer than the whole
	MaxHeaderVariables    = 1
	MaxTemplateButton     = 10
	MaxTemplateButtonText = 25
	MaxURLButtons         = 2
	MaxPhoneButtons       = 1
	MaxCodeButtons        = 1
	MaxButtonPhone        = 20
	MaxCopyCode           = 15 // the example of a code to copy
	MaxCoupon             = 20
	MaxCodeMinutes        = 90
	MaxContacts           = 257  // ours: what the apps let a person choose
	MaxContactText        = 1024 // ours
	MaxFlowToken          = 512  // ours
	MaxIdentityHash       = 200  // ours
	MaxLanguage           = 16   // ours: the longest that Meta lists has six
	MaxFilename           = 240  // ours: file systems name it
)

// ReactionAge is how old a message may be to be reacted to or marked as read; an older one gives 131009.
const ReactionAge = 30 * 24 * time.Hour

// Rates, in messages of one number per second, in and out together; past them comes 130429.
const (
	PerSecond            = 80
	PerSecondHigh        = 1000 // given automatically to the largest numbers
	PerSecondCoexistence = 20   // a number that is also on the Business app
)

// Rates to one person; past them comes 131056. A burst borrows from the time after it.
const (
	PairInterval = 6 * time.Second
	PairBurst    = 45
)

// Calls of management per hour, app and account; past them comes 80007 or 4.
const (
	CallsPerHour       = 200
	CallsPerHourActive = 5000 // an active account with a registered number
	CreationsPerHour   = 100  // of templates
)

// Webhooks: the largest body, and how long Meta repeats one that was not answered with 200.
const (
	MaxWebhook  = 3 << 20
	RepeatedFor = 7 * 24 * time.Hour
)

// Lifetimes of files at Meta.
const (
	UploadLife   = 30 * 24 * time.Hour // of an id that we uploaded
	InboundLife  = 7 * 24 * time.Hour  // of an id that came in a webhook
	MediaURLLife = 5 * time.Minute
)

// UTF16Len returns the length of s in UTF-16 units.
func UTF16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}
