package main

import (
	"bytes"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"antena/faq"
	"antena/internal/desk"
	"antena/internal/knowledge"
)

func TestProfile(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/profile",
		Setup: func(e *testscript.Env) error {
			e.Setenv("DATA_DIR", e.WorkDir+"/data")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"antena": antena},
	})
}

// antena runs the program inside the test, in the script's folder and environment.
func antena(ts *testscript.TestScript, neg bool, args []string) {
	for i, arg := range args {
		if path := ts.MkAbs(arg); strings.HasSuffix(arg, ".yaml") {
			args[i] = path
		}
	}
	lookup := func(name string) (string, bool) { v := ts.Getenv(name); return v, v != "" }
	if code := run(args, ts.Stdout(), ts.Stderr(), lookup); (code != 0) != neg {
		ts.Fatalf("antena %s ended with %d", strings.Join(args, " "), code)
	}
}

func library(t *testing.T) *knowledge.Library {
	t.Helper()
	lib, err := knowledge.Load(faq.Files)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func TestProfileForm_RoundTrip(t *testing.T) {
	t.Parallel()
	lib := library(t)
	want := knowledge.DemoProfile(lib)
	want.Country, want.TimeZone, want.Holidays = "NO", "America/Sao_Paulo", []string{"2026-12-25"}
	want.Hours = []desk.Hours{{Day: time.Sunday, From: "22:00", To: "24:00"}, {Day: time.Monday, From: "08:00", To: "20:00"}}
	raw, err := formOf(want).format(lib)
	if err != nil {
		t.Fatal(err)
	}
	blank := formOf(knowledge.NewProfile("", "", "UTC", []string{"en"}))
	if err := blank.read(raw); err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	got, err := blank.profile(lib)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read back\n%+v\nwant\n%+v", got, want)
	}
}

func TestProfileForm_Problems(t *testing.T) {
	t.Parallel()
	lib := library(t)
	for _, c := range []struct{ name, give, want string }{
		{"unknown key", "tresholds: {}", "tresholds not found"},
		{"no YAML", "name: [", "cannot be read"},
		{"country", "country: Brazil", `country: "Brazil"`},
		{"zone", "time_zone: Mars/Base", `time_zone: "Mars/Base"`},
		{"zone of this machine", "time_zone: Local", `time_zone: "Local"`},
		{"no language", "languages: []", "at least one"},
		{"language twice", "languages: [es, es]", `"es" is unknown or there twice`},
		{"day", "hours: [lun 08:00-09:00]", "lun 08:00-09:00"},
		{"time", "hours: [mon 8-9]", "mon 8-9"},
		{"past midnight", "hours: [mon 22:00-02:00]", "two spans"},
		{"holiday", "holidays: [25/12]", "25/12"},
		{"threshold", "thresholds: {answer: 1.2}", "answer is 1.2"},
		{"not a number", "thresholds: {article: .nan}", "article is NaN"},
		{"bands", "thresholds: {answer: 0.2, ask: 0.5}", "ask is above answer"},
		{"intent", "thresholds: {per_intent: {weather: 0.5}}", `"weather"`},
		{"placeholder", "placeholders: {due_dya: x}", "{due_dya}"},
		{"a language lacks", "placeholders: {due_day: {es: el 10}}", "no text in pt"},
		{"unknown language", "placeholders: {due_day: {es: a, pt: a, en: a, fr: a}}", `"fr"`},
		{"braces", "placeholders: {due_day: 'see {cut_day}'}", "braces"},
		{"too long", "placeholders: {due_day: " + strings.Repeat("x", maxValue+1) + "}", "at most"},
		{"control", `placeholders: {due_day: "a\u0007"}`, "cannot be shown"},
		{"address", "placeholders: {website: www.example.net}", "no address"},
		{"phone", "placeholders: {support_phone: call us}", "no phone number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := formOf(knowledge.NewProfile("", "", "UTC", desk.Languages))
			err := f.read([]byte(c.give))
			if err == nil {
				_, err = f.profile(lib)
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%q gives %v, not %q", c.give, err, c.want)
			}
		})
	}
}

func TestProfileForm_WhatAFileLeavesOutStays(t *testing.T) {
	t.Parallel()
	lib := library(t)
	old := knowledge.DemoProfile(lib)
	f := formOf(old)
	if err := f.read([]byte("hours: [mon-fri 08:00-20:00]\nplaceholders: {due_day: ''}\n")); err != nil {
		t.Fatal(err)
	}
	got, err := f.profile(lib)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Hours) != 5 || got.Placeholders["due_day"] != nil {
		t.Errorf("hours %v, due day %v", got.Hours, got.Placeholders["due_day"])
	}
	if !reflect.DeepEqual(got.Thresholds, old.Thresholds) || len(got.Placeholders) != len(old.Placeholders)-1 {
		t.Errorf("the rest changed: %+v", got)
	}
	if err := f.read([]byte("thresholds: {per_intent: {}}")); err != nil || len(f.Thresholds.PerIntent) != 0 {
		t.Errorf("an empty list of exceptions leaves %v, %v", f.Thresholds.PerIntent, err)
	}
}

func TestHours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ give, want []string }{
		{nil, []string{}},
		{[]string{"mon-fri 08:00-20:00", "sat 09:00-13:00"}, []string{"mon-fri 08:00-20:00", "sat 09:00-13:00"}},
		{[]string{"sat-mon 00:00-24:00"}, []string{"mon 00:00-24:00", "sat-sun 00:00-24:00"}},
		{[]string{"mon 08:00-12:00", "mon 13:00-18:00", "tue 08:00-12:00"}, []string{"mon-tue 08:00-12:00", "mon 13:00-18:00"}},
		{[]string{" SUN  10:00-12:00"}, []string{"sun 10:00-12:00"}},
	} {
		var hours []desk.Hours
		for _, line := range c.give {
			h, err := parseHours(line)
			if err != nil {
				t.Errorf("%q: %v", line, err)
			}
			hours = append(hours, h...)
		}
		if got := formatHours(hours); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q comes back as %q, want %q", c.give, got, c.want)
		}
	}
}

// FuzzProfileForm feeds files to what reads and checks them: whatever is accepted
// is written and read back the same.
func FuzzProfileForm(f *testing.F) {
	lib, err := knowledge.Load(faq.Files)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{"", "name: Río", "hours: [mon-fri 08:00-20:00]", "placeholders: {due_day: {es: a, pt: b, en: c}, plans: |\n  - a\n  - b\n}"} {
		f.Add([]byte(seed))
	}
	shown, err := os.ReadFile("testdata/profile/set.txt")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(bytes.TrimSpace(shown))
	f.Fuzz(func(t *testing.T, raw []byte) {
		form := formOf(knowledge.NewProfile("", "", "UTC", desk.Languages))
		if form.read(raw) != nil {
			return
		}
		p, err := form.profile(lib)
		if err != nil {
			return
		}
		written, err := formOf(p).format(lib)
		if err != nil {
			t.Fatal(err)
		}
		again := formOf(knowledge.NewProfile("", "", "UTC", desk.Languages))
		if err := again.read(written); err != nil {
			t.Fatalf("%v\n%s", err, written)
		}
		q, err := again.profile(lib)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(p.Placeholders, q.Placeholders) || p.Name != q.Name || !reflect.DeepEqual(formatHours(p.Hours), formatHours(q.Hours)) {
			t.Errorf("%+v came back as %+v", p, q)
		}
	})
}
