package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/joho/godotenv"
)

// largestSecretFile keeps a wrong path (a disk, a log) from filling the memory.
const largestSecretFile = 64 << 10

// Lookup finds a variable of the environment, as os.LookupEnv does.
type Lookup func(name string) (value string, found bool)

// Load reads every setting from the environment and from the .env file at path
// dotenv, which may be missing or be "". The error is a Problems.
func Load(env Lookup, dotenv string) (Config, error) {
	return load(env, dotenv, false).done()
}

// LoadToServe is Load for the process that answers WhatsApp: the settings marked
// Serving must be there too.
func LoadToServe(env Lookup, dotenv string) (Config, error) {
	return load(env, dotenv, true).done()
}

// LoadModels reads the settings of language models alone, for what needs none of the
// others: problems elsewhere do not count.
func LoadModels(env Lookup, dotenv string) (OpenAI, error) {
	l := load(env, dotenv, false)
	l.problems = slices.DeleteFunc(l.problems, func(p Problem) bool { return !strings.HasPrefix(p.Setting, "OPENAI_") })
	c, err := l.done()
	return c.OpenAI, err
}

// loaded is what was read, and what is wrong with it.
type loaded struct {
	config   Config
	problems Problems
}

func (l loaded) done() (Config, error) {
	if len(l.problems) > 0 {
		return Config{}, l.problems
	}
	return l.config, nil
}

func load(env Lookup, dotenv string, serving bool) loaded {
	var problems Problems
	file, err := readDotenv(dotenv)
	if err != nil {
		problems.add(dotenv, err)
	}
	problems = append(problems, misspelled(dotenv, file)...)
	sources := []source{
		{origin: "environment", lookup: env},
		{origin: dotenv, lookup: func(name string) (string, bool) { v, ok := file[name]; return v, ok }},
	}

	c := Config{origins: make(map[string]string)}
	for _, s := range Settings() {
		value, origin, err := find(s, sources)
		if err != nil {
			problems.add(s.Name, err)
			continue
		}
		if value == "" {
			if serving && s.Serving {
				problems.add(s.Name, errors.New("is missing. "+s.About))
			}
			value = s.Default
		}
		c.origins[s.Name] = origin
		if value == "" {
			continue
		}
		if err := s.field.read(&c, value); err != nil {
			problems.add(s.Name, err)
		}
	}
	for _, p := range c.contradictions() {
		if !problems.about(p.Setting) {
			problems = append(problems, p)
		}
	}
	return loaded{c, problems}
}

// source is one place settings are looked for.
type source struct {
	origin string
	lookup Lookup
}

// find returns a setting's value from the first source that names it.
func find(s Setting, sources []source) (value, origin string, err error) {
	for _, from := range sources {
		plain, named := from.lookup(s.Name)
		var path string
		var filed bool
		if s.Secret {
			path, filed = from.lookup(s.FileName())
		}
		plain, path = strings.TrimSpace(plain), strings.TrimSpace(path)
		switch {
		case plain != "" && path != "":
			return "", "", fmt.Errorf("and %s are both given in the %s; keep one of them", s.FileName(), from.origin)
		case plain != "":
			return plain, from.origin, nil
		case path != "":
			value, err := readSecret(s.FileName(), path)
			return value, "file " + path, err
		case named || filed:
			return "", "", nil
		}
	}
	return "", "", nil
}

func readSecret(name, path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return "", fmt.Errorf("is to come from %s, the path %q, where there is no file this process can read", name, path)
	}
	if info.Size() > largestSecretFile {
		return "", fmt.Errorf("is to come from %s, but the file %q is too large for a secret", name, path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("is to come from %s, but the file %q may not be read; check its owner and mode", name, path)
	}
	value := strings.TrimRight(string(raw), "\r\n")
	if value == "" {
		return "", fmt.Errorf("is to come from %s, but the file %q is empty", name, path)
	}
	return value, nil
}

// readDotenv leaves the parser's own error out: it quotes the lines, secrets and all.
func readDotenv(path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, errors.New("may not be read; check its owner and mode")
	}
	values, err := godotenv.Parse(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	if err != nil {
		return nil, errors.New("is not a list of NAME=value lines; look for a missing = or a quote that is not closed")
	}
	return values, nil
}

// misspelled finds names in the .env file that look like ours but mean nothing:
// the setting meant would silently keep its default.
func misspelled(path string, file map[string]string) Problems {
	known := make(map[string]bool)
	for _, s := range Settings() {
		known[s.Name] = true
		known[s.FileName()] = s.Secret
	}
	var names []string
	for name := range file {
		ours := strings.HasPrefix(name, "ANTENA_") || strings.HasPrefix(name, "WHATSAPP_")
		if ours && !known[name] && !strings.HasPrefix(name, "ANTENA_TEST_") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var problems Problems
	for _, name := range names {
		problems.add(name, fmt.Errorf("in %s is no setting of Antena; check its spelling", path))
	}
	return problems
}

// contradictions finds settings that are right one by one but not together.
func (c *Config) contradictions() Problems {
	var problems Problems
	if c.LongestWait > 0 && c.LongestWait < c.QuietTime {
		problems.add("ANTENA_LONGEST_WAIT", fmt.Errorf("is %s, shorter than ANTENA_QUIET_TIME, %s; raise it", c.LongestWait, c.QuietTime))
	}
	return append(problems, c.OpenAI.contradictions()...)
}
