package whatsapp

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

func (t TemplateMessage) rules() []rule {
	list := []rule{
		text("template.name", t.Name, 1, MaxTemplateName),
		must("template.name", strings.Trim(t.Name, "abcdefghijklmnopqrstuvwxyz0123456789_") == "", "has other characters than a-z, 0-9 and _"),
		text("template.language", t.Language, 1, 16),
	}
	buttons, named, positional := 0, 0, 0
	for i, c := range t.Components {
		list = append(list, c.rules("components["+strconv.Itoa(i)+"]")...)
		if c.Type == "button" {
			buttons++
			continue
		}
		for _, p := range c.Parameters {
			switch {
			case p.kinds() != 0:
			case p.Name != "":
				named++
			default:
				positional++
			}
		}
	}
	return append(list,
		rule{field: "template.buttons", size: buttons, max: MaxTemplateButton},
		must("template.parameters", named == 0 || positional == 0, "are named and positional at once"))
}

func (c Component) rules(field string) []rule {
	list := []rule{
		must(field+".type", slices.Contains([]string{"header", "body", "button"}, c.Type), "is not header, body or button"),
		must(field+".sub type", (c.SubType != "") == (c.Type == "button"), "goes with buttons, and buttons need it"),
		must(field+".sub type", slices.Contains([]string{"", ButtonQuickReply, ButtonURL, ButtonCopyCode, ButtonFlow}, c.SubType), "is not quick_reply, url, copy_code or flow"),
		must(field+".index", c.Index >= 0 && c.Index < MaxTemplateButton, "is not between 0 and 9"),
		must(field+".parameters", len(c.Parameters) > 0, "is missing"),
	}
	for i, p := range c.Parameters {
		list = append(list, p.rules(field+".parameters["+strconv.Itoa(i)+"]", c.Type)...)
		list = append(list, must(field+".parameters["+strconv.Itoa(i)+"]", p.several() || c.takes(p), "is not what this part takes"))
	}
	return list
}

// takes reports whether a value fits the part it is for.
func (c Component) takes(p Parameter) bool {
	switch {
	case c.Type == "header":
		return p.Payload == "" && p.Coupon == "" && p.Flow == nil
	case c.SubType == ButtonQuickReply:
		return p.Payload != ""
	case c.SubType == ButtonCopyCode:
		return p.Coupon != ""
	case c.SubType == ButtonFlow:
		return p.Flow != nil
	default: // body, and the button that completes an address
		return p.kinds() == 0
	}
}

// kinds counts the values other than Text that are set.
func (p Parameter) kinds() int {
	n := 0
	for _, set := range []bool{p.Payload != "", p.Coupon != "", p.Media != nil, p.Location != nil, p.Flow != nil} {
		if set {
			n++
		}
	}
	return n
}

func (p Parameter) several() bool { return p.kinds() > 1 || (p.kinds() == 1 && p.Text != "") }

func (p Parameter) rules(field, component string) []rule {
	most := MaxTemplateBody
	if component == "header" {
		most = MaxHeader
	}
	list := []rule{
		must(field, !p.several(), "has several values"),
		text(field+".payload", p.Payload, 0, MaxButtonID),
		text(field+".coupon", p.Coupon, 0, MaxCoupon),
	}
	if p.kinds() == 0 {
		list = append(list, text(field+".text", parameterText(p.Text), 1, most))
	}
	if p.Media != nil {
		list = append(list, p.Media.rules(field)...)
	}
	if p.Flow != nil {
		list = append(list,
			text(field+".token", p.Flow.Token, 0, MaxFlowToken),
			must(field+".data", len(p.Flow.Data) == 0 || (isObject(p.Flow.Data) && json.Valid(p.Flow.Data)), "is not a JSON object"))
	}
	if p.Location != nil {
		list = append(list, p.Location.rules(field)...)
	}
	return list
}
