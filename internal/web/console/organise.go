package console

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// organisePage is where admins keep tags and the fields of tickets in order.
type organisePage struct {
	shell
	Tags      []tagRow
	Hues      []int
	Fields    []fieldRow
	Kinds     []choice
	Languages []choice
	Typed     fieldRow // of a field that was refused
	Longest   int
	Label     int
}

type tagRow struct {
	tagView
	Uses   string
	Others []tagView
	Hues   []choice
}

type fieldRow struct {
	ID       string
	Name     string
	Kind     string
	KindName string
	Names    []labelled
	Choices  string // one a line: key = es | pt | en
	Required bool
	Active   bool
	Place    int
}

// labelled is a name in one language.
type labelled struct {
	Language string
	Name     string // of the language
	Value    string
}

func (p *Console) organise(v *visit) error { return p.showOrganise(v, http.StatusOK, fieldRow{}) }

func (p *Console) showOrganise(v *visit, status int, typed fieldRow) error {
	ctx := v.gin.Request.Context()
	page := &organisePage{shell: p.shell(v, "tags", v.T("nav.tags")), Longest: desk.MaxTagName, Label: desk.MaxFieldLabel, Typed: typed}
	uses, err := p.Tied.TagUses(ctx)
	if err != nil {
		return fmt.Errorf("reading tags: %w", err)
	}
	for i := range uses {
		t := &uses[i]
		row := tagRow{tagView: tagView{ID: t.ID.String(), Name: t.Name, Hue: t.Hue}, Uses: v.T("tags.uses", strconv.Itoa(t.Tickets), strconv.Itoa(t.Conversations))}
		for j := range uses {
			if j != i {
				row.Others = append(row.Others, tagView{ID: uses[j].ID.String(), Name: uses[j].Name})
			}
		}
		for hue := range desk.TagHues {
			row.Hues = append(row.Hues, choice{Value: strconv.Itoa(hue), Label: v.T("tags.hue", strconv.Itoa(hue+1)), Current: hue == t.Hue})
		}
		page.Tags = append(page.Tags, row)
	}
	fields, err := p.Tied.Fields(ctx)
	if err != nil {
		return fmt.Errorf("reading fields: %w", err)
	}
	for i := range fields {
		page.Fields = append(page.Fields, fieldRowOf(v, &fields[i]))
	}
	if typed.Names == nil {
		page.Typed = fieldRowOf(v, &desk.CustomField{Active: true})
	}
	for _, k := range desk.FieldKinds {
		page.Kinds = append(page.Kinds, choice{Value: string(k), Label: v.T("field.kind." + string(k)), Current: string(k) == page.Typed.Kind})
	}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	return p.show(v, status, "tags", page)
}

func fieldRowOf(v *visit, f *desk.CustomField) fieldRow {
	row := fieldRow{ID: f.ID.String(), Name: f.Name, Kind: string(f.Kind), KindName: v.Code("field.kind", string(f.Kind)), Required: f.Required, Active: f.Active, Place: f.Place}
	for _, l := range desk.Languages {
		row.Names = append(row.Names, labelled{Language: l, Name: v.Code("language", l), Value: f.Names[l]})
	}
	var lines []string
	for _, c := range f.Choices {
		names := make([]string, len(desk.Languages))
		for i, l := range desk.Languages {
			names[i] = c.Names[l]
		}
		lines = append(lines, c.Key+" = "+strings.Join(names, " | "))
	}
	row.Choices = strings.Join(lines, "\n")
	return row
}

// changeTag renames, recolours, merges or deletes a tag.
func (p *Console) changeTag(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	ctx := v.gin.Request.Context()
	switch v.form("do") {
	case "merge":
		into, errID := uuid.Parse(v.form("into"))
		if errID != nil {
			err = desk.ErrInvalid.For("into")
			break
		}
		err = p.Ties.MergeTags(ctx, v.who, id, into)
	case "delete":
		err = p.Ties.DeleteTag(ctx, v.who, id)
	default:
		hue, errHue := strconv.Atoi(v.form("hue"))
		if errHue != nil {
			err = desk.ErrInvalid.For("hue")
			break
		}
		err = p.Ties.ChangeTag(ctx, v.who, id, v.form("name"), hue)
	}
	if err != nil {
		return p.failed(v, err, func(status int, words string) error {
			v.problem = words
			return p.showOrganise(v, status, fieldRow{})
		})
	}
	return v.done("/tags", "tag_changed")
}

// defineField makes a field of tickets, or changes one.
func (p *Console) defineField(v *visit) error {
	f := desk.CustomField{
		Name: desk.FieldKey(v.form("name")), Kind: desk.FieldKind(v.form("kind")), Names: desk.Words{}, Required: v.form("required") != "", Active: v.form("active") != "",
	}
	if id := v.form("id"); id != "" {
		var err error
		if f.ID, err = uuid.Parse(id); err != nil {
			return desk.ErrNotFound
		}
	}
	f.Place, _ = strconv.Atoi(v.form("place")) // what is no number comes first
	for _, l := range desk.Languages {
		if name := v.form("name_" + l); name != "" {
			f.Names[l] = name
		}
	}
	var err error
	if f.Choices, err = parseChoices(v.form("choices")); err == nil {
		err = p.Ties.DefineField(v.gin.Request.Context(), v.who, f)
	}
	if err != nil {
		return p.failed(v, err, func(status int, words string) error {
			v.problem = words
			typed := fieldRowOf(v, &f)
			typed.Choices = v.form("choices")
			return p.showOrganise(v, status, typed)
		})
	}
	return v.done("/tags#fields", "field_defined")
}

// parseChoices reads one choice a line: "key = es | pt | en", where the names that
// are left out are the first one's.
func parseChoices(text string) (all []desk.FieldOption, err error) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if len(all) >= desk.MaxChoices {
			return nil, desk.ErrInvalid.For("choices")
		}
		key, rest, found := strings.Cut(line, "=")
		c := desk.FieldOption{Key: desk.FieldKey(key), Names: desk.Words{}}
		if c.Key == "" {
			return nil, desk.ErrInvalid.For("choices")
		}
		if !found {
			rest = strings.TrimSpace(key)
		}
		for i, name := range strings.Split(rest, "|") {
			if name = strings.TrimSpace(name); name != "" && i < len(desk.Languages) {
				c.Names[desk.Languages[i]] = name
			}
		}
		all = append(all, c)
	}
	return all, nil
}
