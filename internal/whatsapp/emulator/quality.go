package emulator

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// A template of low quality is paused for three hours, then for six, then for good.
const (
	firstPause  = 3 * time.Hour
	secondPause = 6 * time.Hour
)

// SetQuality gives a template the score GREEN, YELLOW or RED and tells the webhook. RED pauses it, the third time for good. It
// reports whether there is such a template.
func (em *Emulator) SetQuality(name, language, score string) bool {
	t, ok := em.changeTemplate(name, language, func(t *Template) { t.before, t.Quality = t.Quality, strings.ToUpper(score) })
	if !ok {
		return false
	}
	if t.before == "" {
		t.before = "GREEN"
	}
	em.tellTemplate("message_template_quality_update", &t, map[string]any{"previous_quality_score": t.before, "new_quality_score": t.Quality})
	if t.Quality != "RED" {
		return true
	}
	t, _ = em.changeTemplate(name, language, func(t *Template) {
		t.pauses++
		t.Status, t.pausedUntil = "PAUSED", em.Now().Add(firstPause)
		switch t.pauses {
		case 1:
		case 2:
			t.pausedUntil = em.Now().Add(secondPause)
		default:
			t.Status, t.pausedUntil = "DISABLED", time.Time{}
		}
	})
	title := []string{"FIRST_PAUSE", "SECOND_PAUSE", "DISABLED"}[min(t.pauses, 3)-1]
	em.tellReview(&t, map[string]any{"other_info": map[string]string{"title": title, "description": "The template has low quality."}})
	return true
}

// unpause ends pauses whose time is over.
func (em *Emulator) unpause() {
	now := em.Now()
	for _, t := range em.Templates() {
		if t.Status != "PAUSED" || t.pausedUntil.IsZero() || now.Before(t.pausedUntil) {
			continue
		}
		t, _ := em.changeTemplate(t.Name, t.Language, func(t *Template) { t.Status, t.pausedUntil = "APPROVED", time.Time{} })
		em.tellReview(&t, map[string]any{"other_info": map[string]string{"title": "UNPAUSED", "description": "The template can be used again."}})
	}
}

// changeTemplate changes one and returns it; false when there is none.
func (em *Emulator) changeTemplate(name, language string, change func(*Template)) (Template, bool) {
	em.mu.Lock()
	defer em.mu.Unlock()
	list := slices.Clone(em.templates)
	i := slices.IndexFunc(list, func(t Template) bool { return t.Name == name && t.Language == language })
	if i < 0 {
		return Template{}, false
	}
	change(&list[i])
	em.templates = list
	return list[i], true
}

// tellReview tells the webhook what became of a template.
func (em *Emulator) tellReview(t *Template, more map[string]any) {
	value := map[string]any{"event": t.Status, "message_template_category": t.Category, "reason": t.Reason}
	for key, v := range more {
		value[key] = v
	}
	em.tellTemplate("message_template_status_update", t, value)
}

func (em *Emulator) tellTemplate(field string, t *Template, value map[string]any) {
	id, _ := strconv.ParseInt(t.ID, 10, 64) // ours: always a number
	value["message_template_id"], value["message_template_name"], value["message_template_language"] = id, t.Name, t.Language
	em.Notify(field, value)
}

// Notify posts news of the account, such as phone_number_quality_update, until it is taken.
func (em *Emulator) Notify(field string, value map[string]any) {
	body := wire(map[string]any{"object": "whatsapp_business_account", "entry": []any{map[string]any{
		"id": em.cfg.WABAID, "time": em.Now().Unix(), "changes": []any{map[string]any{"field": field, "value": value}},
	}}})
	em.owe(1)
	em.spawn(func() {
		if em.postUntilTaken(body) {
			em.owe(-1)
		}
	})
}
