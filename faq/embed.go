// Package faq holds the desk's first knowledge: articles by language, intents with
// their example phrases, guided flows, the starter set of message templates, and the
// settings that articles mention, and the tuned thresholds.
// Packages knowledge and templates explain and check the formats.
package faq

import "embed"

// Files are the knowledge every new desk starts with.
//
//go:embed es pt en intents flows templates placeholders.yaml thresholds.yaml
var Files embed.FS
