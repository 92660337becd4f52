package whatsapp

// Limits of section "messages" and "templates" of Meta's documentation. Lengths are UTF-16 units: how Meta counts emoji is
// not documented, and this is the strictest likely way.
const (
	MaxText               = 4096
	MaxCaption            = 1024
	MaxBody               = 1024 // reply buttons, link, location and contact requests
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
	MaxURL                = 2000
	MaxCallbackData       = 512
	MaxTemplateName       = 512
	MaxTemplateBody       = 1024 // one parameter cannot be longer than the whole
	MaxTemplateButton     = 10
	MaxHeaderVariables    = 1
	MaxTemplateButtonText = 25
	MaxURLButtons         = 2
	MaxPhoneButtons       = 1
	MaxCodeButtons        = 1
	MaxButtonPhone        = 20
	MaxCopyCode           = 15 // code of an authentication template, and the example of a code to copy
	MaxCodeMinutes        = 90
	MaxLanguage           = 16 // ours: the longest that Meta lists has six
	MaxCoupon             = 20
	MaxOverrideURL        = 200
	MaxFilename           = 240 // ours: Meta names none, file systems do
)

// Rates, in messages of one number per second, in and out together (Meta, "throughput").
const (
	PerSecond            = 80
	PerSecondHigh        = 1000 // given automatically to the largest numbers
	PerSecondCoexistence = 20   // a number that is also on the Business app
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
