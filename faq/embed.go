// Package faq holds the desk's first knowledge: articles by language, intents with
// their example phrases, guided flows, and the settings that articles mention.
// Package knowledge explains and checks the formats.
package faq

import "embed"

// Files are the knowledge every new desk starts with.
//
//go:embed es pt en intents flows placeholders.yaml
var Files embed.FS
