package console

// FailureWords returns what other surfaces than the console's pages say of a failure's
// code, perhaps about a field, in a language of the desk: the same words everywhere.
func FailureWords() (func(language, code, field string) string, error) {
	speech, err := loadSpeech()
	if err != nil {
		return nil, err
	}
	return func(language, code, field string) string {
		s := speech[language]
		if s == nil {
			return code
		}
		if key := "error." + code + "." + field; field != "" && s.Has(key) {
			return s.T(key)
		}
		return s.Code("error", code)
	}, nil
}
