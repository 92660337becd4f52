package whatsapp

import "strconv"

func (t TemplateMessage) payload() object {
	o := object{"name": t.Name, "language": object{"code": t.Language}}
	components := make([]object, len(t.Components))
	for i, c := range t.Components {
		components[i] = c.payload()
	}
	if len(components) > 0 {
		o["components"] = components
	}
	return o
}

func (c Component) payload() object {
	o := object{"type": c.Type}
	if c.Type == "button" {
		o["sub_type"], o["index"] = c.SubType, strconv.Itoa(c.Index)
	}
	parameters := make([]object, len(c.Parameters))
	for i, p := range c.Parameters {
		parameters[i] = p.payload()
	}
	o["parameters"] = parameters
	return o
}

func (p Parameter) payload() object {
	switch {
	case p.Payload != "":
		return object{"type": "payload", "payload": p.Payload}
	case p.Coupon != "":
		return object{"type": "coupon_code", "coupon_code": p.Coupon}
	case p.Media != nil:
		return object{"type": p.Media.Type, p.Media.Type: p.Media.payload()}
	case p.Flow != nil:
		action := object{}
		setText(action, "flow_token", p.Flow.Token)
		if len(p.Flow.Data) > 0 {
			action["flow_action_data"] = p.Flow.Data
		}
		return object{"type": "action", "action": action}
	case p.Location != nil:
		return object{"type": TypeLocation, TypeLocation: p.Location.payload()}
	default:
		o := object{"type": TypeText, "text": parameterText(p.Text)}
		setText(o, "parameter_name", p.Name)
		return o
	}
}
