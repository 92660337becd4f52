package emulator

import (
	"fmt"
	"strings"
)

// Order sends a basket of the business's catalogue, perhaps with words.
func (p *Phone) Order(catalogue, words string, items ...Item) string {
	lines, list := make([]string, len(items)), make([]any, len(items))
	for i, item := range items {
		lines[i] = fmt.Sprintf("%d × %s", item.Quantity, item.Title)
		list[i] = map[string]any{
			"product_retailer_id": item.ID, "quantity": item.Quantity, "item_price": float64(item.Price) / 100, "currency": item.Currency,
		}
	}
	order := map[string]any{"catalog_id": catalogue, "product_items": list}
	set2(order, "text", words)
	return p.write(map[string]any{"type": "order", "order": order}, Message{Type: "order", Text: strings.Join(lines, "\n"), Footer: words, Items: items})
}
