package prompts

import (
	"reflect"
	"text/template/parse"
)

// fields returns the inputs a text names, wherever in it. Prompts use values and
// conditions and nothing else; any other construct is named so that it is refused.
func fields(node parse.Node) []string {
	if node == nil || reflect.ValueOf(node).IsNil() {
		return nil
	}
	switch n := node.(type) {
	case *parse.ListNode:
		var all []string
		for _, each := range n.Nodes {
			all = append(all, fields(each)...)
		}
		return all
	case *parse.ActionNode:
		return fields(n.Pipe)
	case *parse.IfNode:
		return append(append(fields(n.Pipe), fields(n.List)...), fields(n.ElseList)...)
	case *parse.PipeNode:
		if len(n.Cmds) == 1 && len(n.Decl) == 0 && len(n.Cmds[0].Args) == 1 {
			if f, ok := n.Cmds[0].Args[0].(*parse.FieldNode); ok && len(f.Ident) == 1 {
				return f.Ident
			}
		}
	case *parse.TextNode:
		return nil
	}
	return []string{node.String()}
}
