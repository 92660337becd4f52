package emulator

import "net/http"

// Code is a row of Meta's table of errors: what it is called, and the HTTP status it comes with.
type Code struct {
	Code, Status int
	Title        string
}

// Codes returns the errors a send or a status can be made to have, in the order of Meta's table.
func Codes() []Code {
	const bad, denied, broken, away = http.StatusBadRequest, http.StatusForbidden, http.StatusInternalServerError, http.StatusServiceUnavailable
	return []Code{
		{0, http.StatusUnauthorized, "AuthException"}, {190, http.StatusUnauthorized, "Access token has expired"},
		{3, broken, "API Method"}, {10, denied, "Permission Denied"}, {200, denied, "API Permission"}, {131005, denied, "Access denied"},
		{368, denied, "Temporarily blocked for policies violations"}, {131031, denied, "Business Account locked"}, {130497, denied, "Business account is restricted from messaging users in this country"},
		{1, bad, "API Unknown"}, {2, away, "API Service"}, {4, bad, "API Too Many Calls"}, {80007, bad, "Rate limit issues"}, {33, bad, "Parameter value is not valid"},
		{100, bad, "Invalid parameter"}, {131008, bad, "Required parameter is missing"}, {131009, bad, "Parameter value is not valid"}, {135000, bad, "Generic user error"},
		{130429, bad, "Rate limit hit"}, {130472, bad, "User's number is part of an experiment"}, {130403, bad, "Recipient blocked"},
		{131000, broken, "Something went wrong"}, {131016, broken, "Service unavailable"}, {131021, bad, "Recipient cannot be sender"}, {131026, bad, "Message undeliverable"},
		{131037, bad, "Display name approval required"}, {131042, bad, "Business eligibility payment issue"}, {131045, broken, "Incorrect certificate"},
		{131047, bad, "Re-engagement message"}, {131048, bad, "Spam rate limit hit"}, {131049, bad, "This message was not delivered to maintain healthy ecosystem engagement."},
		{131050, bad, "User has stopped marketing messages"}, {131051, bad, "Unsupported message type"}, {131052, bad, "Media download error"}, {131053, bad, "Media upload error"},
		{131055, bad, "Method not allowed"}, {131056, bad, "Pair rate limit hit"}, {131057, broken, "Account in maintenance mode"}, {131059, bad, "Invalid cursor"}, {131062, bad, "User id is not allowed for this message"},
		{131063, bad, "Marketing messages are switched off"}, {131064, bad, "Limited for misclassified templates"},
		{132000, bad, "Template Param Count Mismatch"}, {132001, http.StatusNotFound, "Template does not exist"}, {132005, bad, "Template Hydrated Text Too Long"}, {132007, bad, "Template Format Character Policy Violated"},
		{132012, bad, "Template Parameter Format Mismatch"}, {132015, bad, "Template is Paused"}, {132016, bad, "Template is Disabled"}, {132018, bad, "Template Parameter Format Mismatch"},
		{132068, bad, "Flow is blocked"}, {132069, bad, "Flow is throttled"},
		{133000, broken, "Incomplete Deregistration"}, {133004, away, "Server Temporarily Unavailable"}, {133005, bad, "Two step verification PIN Mismatch"}, {133006, bad, "Phone number re-verification needed"},
		{133008, bad, "Too Many two step verification PIN Guesses"}, {133009, bad, "Two step verification PIN Guessed Too Fast"}, {133010, bad, "Phone number Not Registered"},
		{133015, bad, "Please wait a few minutes before attempting to register this phone number"}, {133016, bad, "Account register/deregister rate limit exceeded"},
		{134011, bad, "Payment terms not accepted"}, {134100, bad, "Marketing messages only"}, {134101, bad, "Template is syncing"}, {134102, broken, "Template unavailable for use"},
		{136024, bad, "Phone number is already verified"}, {137000, bad, "Identity key does not match"}, {147001, bad, "Username is not available"}, {147002, bad, "Username is not valid"}, {147003, bad, "Username is taken"}, {147004, bad, "Username cannot be changed now"},
		{2388019, bad, "Too many templates"}, {2388040, bad, "Character limit exceeded"}, {2388047, bad, "Header is not valid"}, {2388072, bad, "Body is not valid"}, {2388073, bad, "Footer is not valid"}, {2388293, bad, "Too many variables"}, {2388299, bad, "Variable at the edge"},
		{2494100, bad, "Number in maintenance"}, {2593107, bad, "Synchronisation used up"}, {2593108, bad, "Synchronisation window over"}, {2593109, bad, "History sharing declined"},
	}
}

func codeOf(code int) Code {
	for _, c := range Codes() {
		if c.Code == code {
			return c
		}
	}
	return Code{code, http.StatusBadRequest, "Error " + itoa(code)}
}

// statusOf is the HTTP status that Meta sends with a code.
func statusOf(code int) int { return codeOf(code).Status }

// webhookError is the same in a status.
func webhookError(code int) map[string]any {
	title := codeOf(code).Title
	return map[string]any{
		"code": code, "title": title, "message": title,
		"error_data": map[string]string{"details": "Failure switched on in the emulator."},
		"href":       "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
	}
}
