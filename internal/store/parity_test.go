package store_test

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm/schema"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// table is a table in a form both databases and gorm can be brought to.
type table struct {
	columns map[string]column
	indexes []string // "unique(a, b)" or "index(a, b)", each with " where" when partial
}

type column struct {
	kind string // text, integer, float, bool, time, bytes
	null bool
}

// The two schemas are one: the same tables, columns, kinds, nullability, keys and
// indexes; and every entity fits its table.
func TestSchemas_Agree(t *testing.T) {
	t.Parallel()
	lite := liteTables(t, storetest.Open(t, storetest.SQLite, nil))
	pg := postgresTables(t, storetest.Open(t, storetest.Postgres, nil))
	if got, want := slices.Sorted(maps.Keys(lite)), slices.Sorted(maps.Keys(pg)); !slices.Equal(got, want) {
		t.Fatalf("tables differ\nsqlite   %v\npostgres %v", got, want)
	}
	for name := range lite {
		for column, l := range lite[name].columns {
			if p, ok := pg[name].columns[column]; !ok || p != l {
				t.Errorf("%s.%s: sqlite %+v, postgres %+v", name, column, l, p)
			}
		}
		for column := range pg[name].columns {
			if _, ok := lite[name].columns[column]; !ok {
				t.Errorf("%s.%s is missing on sqlite", name, column)
			}
		}
		if l, p := lite[name].indexes, pg[name].indexes; !slices.Equal(l, p) {
			t.Errorf("%s: indexes differ\nsqlite   %v\npostgres %v", name, l, p)
		}
	}
	entitiesFit(t, lite)
}

func entitiesFit(t *testing.T, tables map[string]table) {
	t.Helper()
	own := map[string]bool{"file_uses": true, "settings": true, "sessions": true, "protocol_counters": true, "service_quotas": true, "replicas": true, "relays": true, "parked": true, "moved_conversations": true, "passage_vectors": true,
		"bulk_items": true, "search_marks": true, "ticket_tags": true, "conversation_tags": true, "subscriber_phones": true, "search_again": true, "search_contacts": true, "search_tickets": true, "search_messages": true}
	for _, entity := range []any{
		desk.Contact{}, desk.Alias{}, desk.Event{}, desk.Conversation{}, desk.Message{}, desk.Turn{}, desk.Ticket{}, desk.TicketEvent{},
		desk.Consent{}, desk.Article{}, desk.Agent{}, desk.SignInLink{}, desk.Alert{}, desk.ModelUsage{}, desk.Template{}, desk.Upload{}, desk.File{}, desk.SendRate{}, desk.ArticleVersion{}, desk.IntentPhrase{}, desk.ModelFailure{}, desk.Pause{}, desk.Merge{}, desk.SavedView{}, desk.BulkRun{},
		desk.TeamInfo{}, desk.Post{}, desk.Presence{}, desk.Wait{},
		desk.TicketLink{}, desk.Tag{}, desk.CustomField{}, desk.Watcher{}, desk.Notification{}, desk.Subscriber{}, desk.Import{}, desk.ImportLine{},
		desk.Token{}, desk.KeptAnswer{}, desk.ExternalID{}, desk.Webhook{}, desk.FeedChange{}, desk.WebhookEvent{}, desk.WebhookDelivery{}, desk.Draft{}, desk.CannedReply{}, desk.Macro{}, desk.Undo{}, desk.WrongAnswer{}, desk.PromiseRecord{}, desk.Survey{},
	} {
		parsed, err := schema.Parse(entity, &sync.Map{}, schema.NamingStrategy{})
		if err != nil {
			t.Fatal(err)
		}
		found, ok := tables[parsed.Table]
		if !ok {
			t.Errorf("no table %s for %T", parsed.Table, entity)
			continue
		}
		own[parsed.Table] = true
		for _, f := range parsed.Fields {
			kind := string(f.DataType)
			if f.TagSettings["SERIALIZER"] != "" {
				kind = "text"
			}
			kind = strings.NewReplacer("string", "text", "int", "integer").Replace(kind)
			want := column{kind: kind, null: f.FieldType.Kind().String() == "ptr" || f.TagSettings["SERIALIZER"] != ""}
			if got, ok := found.columns[f.DBName]; !ok || got != want {
				t.Errorf("%s.%s: the schema has %+v, the entity wants %+v", parsed.Table, f.DBName, got, want)
			}
		}
		if len(found.columns) != len(parsed.DBNames) {
			t.Errorf("%s: %d columns for %d fields", parsed.Table, len(found.columns), len(parsed.DBNames))
		}
	}
	for name := range tables {
		if !own[name] {
			t.Errorf("nobody knows the table %s", name)
		}
	}
}

func liteTables(t *testing.T, s *store.Store) map[string]table {
	t.Helper()
	kinds := map[string]string{"text": "text", "integer": "integer", "real": "float", "boolean": "bool", "datetime": "time", "blob": "bytes"}
	tables := map[string]table{}
	for _, name := range strings1(t, s, `select name from sqlite_master where type = 'table' and name not like 'river_%'
		and name not like 'sqlite_%' and name not like 'search_%_words%' and name <> 'goose_db_version'`) {
		tab := table{columns: map[string]column{}}
		for _, row := range query(t, s, `select name, lower(type), "notnull" from pragma_table_info('`+name+`')`) {
			tab.columns[row[0]] = column{kind: kinds[row[1]], null: row[2] == "0"}
		}
		for _, row := range query(t, s, `select name, "unique", partial from pragma_index_list('`+name+`')`) {
			tab.indexes = append(tab.indexes, index(row[1] == "1", strings1(t, s,
				"select coalesce(name, '()') from pragma_index_info('"+row[0]+"') order by seqno"), row[2] == "1"))
		}
		sort.Strings(tab.indexes)
		tables[name] = tab
	}
	return tables
}

func postgresTables(t *testing.T, s *store.Store) map[string]table {
	t.Helper()
	kinds := map[string]string{"text": "text", "uuid": "text", "jsonb": "text", "int8": "integer", "float8": "float", "bool": "bool", "timestamptz": "time", "bytea": "bytes"}
	tables := map[string]table{}
	for _, name := range strings1(t, s, `select table_name from information_schema.tables where table_schema = 'public'
		and table_name not like 'river_%' and table_name <> 'goose_db_version'`) {
		tab := table{columns: map[string]column{}}
		for _, row := range query(t, s, `select column_name, udt_name, is_nullable from information_schema.columns
			where table_schema = 'public' and udt_name <> 'tsvector' and table_name = '`+name+`'`) {
			tab.columns[row[0]] = column{kind: kinds[row[1]], null: row[2] == "YES"}
		}
		for _, row := range query(t, s, `select indisunique, indpred is not null, (select string_agg(coalesce(a.attname, '()'), ',' order by k.n)
			from unnest(i.indkey) with ordinality k(attnum, n) left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum and k.attnum > 0)
			from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam and m.amname = 'btree' and c.relname not in ('search_contacts_pkey', 'search_tickets_pkey', 'search_messages_pkey') where indrelid = '`+name+`'::regclass`) {
			tab.indexes = append(tab.indexes, index(row[0] == "true", strings.Split(row[2], ","), row[1] == "true"))
		}
		sort.Strings(tab.indexes)
		tables[name] = tab
	}
	return tables
}

func index(unique bool, columns []string, partial bool) string {
	text := "index"
	if unique {
		text = "unique"
	}
	text += "(" + strings.Join(columns, ", ") + ")"
	if partial {
		text += " where"
	}
	return text
}

func strings1(t *testing.T, s *store.Store, sql string) []string {
	t.Helper()
	var all []string
	for _, row := range query(t, s, sql) {
		all = append(all, row[0])
	}
	return all
}

func query(t *testing.T, s *store.Store, sql string) [][]string {
	t.Helper()
	rows, err := store.SQL(s).QueryContext(t.Context(), sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for rows.Next() {
		values, into := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		var row []string
		for _, v := range values {
			row = append(row, fmt.Sprint(v))
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
