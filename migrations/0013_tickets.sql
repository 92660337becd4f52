-- Tickets that belong together: merged into another, part of a larger one, related.
-- Tags, fields of the ISP's own and who watches a ticket; what agents are told of; the
-- ISP's customers as its billing knows them, and the files they come in.
--
-- Tickets are two floors at most: one with a parent has no children. A ticket merged
-- into another points at the one that stands, never at one that was merged itself.
--
-- Unread notifications about one thing are one row: notifications_unread sees to it.
-- Phones of subscribers are kept in one form, the shortest of those a line has, so
-- that a contact's number is looked up with its own.

-- +goose Up
alter table tickets add column merged_into {{uuid}};
alter table tickets add column parent_id {{uuid}};
alter table tickets add column snoozed_until {{time}};
alter table tickets add column receipt_at {{time}};
alter table tickets add column fields {{json}};
create index tickets_merged on tickets (merged_into) where merged_into is not null;
create index tickets_parent on tickets (parent_id, id) where parent_id is not null;
create index tickets_snoozed on tickets (snoozed_until) where snoozed_until is not null;

alter table ticket_events add column origin_id {{uuid}};

create table ticket_links (
    low        {{uuid}} not null references tickets (id),
    high       {{uuid}} not null references tickets (id),
    agent_id   {{uuid}} references agents (id),
    created_at {{time}} not null,
    primary key (low, high)
);
create index ticket_links_high on ticket_links (high);

create table tags (
    id         {{uuid}} not null primary key,
    name       text not null,
    folded     text not null,
    hue        {{bigint}} not null,
    agent_id   {{uuid}} references agents (id),
    created_at {{time}} not null,
    updated_at {{time}} not null
);
create unique index tags_folded on tags (folded);

create table ticket_tags (
    ticket_id {{uuid}} not null references tickets (id),
    tag_id    {{uuid}} not null references tags (id) on delete cascade,
    primary key (ticket_id, tag_id)
);
create index ticket_tags_tag on ticket_tags (tag_id);

create table conversation_tags (
    conversation_id {{uuid}} not null references conversations (id),
    tag_id          {{uuid}} not null references tags (id) on delete cascade,
    primary key (conversation_id, tag_id)
);
create index conversation_tags_tag on conversation_tags (tag_id);

create table custom_fields (
    id         {{uuid}} not null primary key,
    name       text not null,
    kind       text not null,
    names      {{json}},
    choices    {{json}},
    required   {{bool}} not null,
    active     {{bool}} not null,
    place      {{bigint}} not null,
    created_at {{time}} not null,
    updated_at {{time}} not null
);
create unique index custom_fields_name on custom_fields (name);

create table watchers (
    ticket_id  {{uuid}} not null references tickets (id),
    agent_id   {{uuid}} not null references agents (id),
    unread     {{bool}} not null,
    created_at {{time}} not null,
    primary key (ticket_id, agent_id)
);
create index watchers_agent on watchers (agent_id);

create table notifications (
    id              {{uuid}} not null primary key,
    agent_id        {{uuid}} not null references agents (id),
    kind            text not null,
    about           text not null,
    by_id           {{uuid}} references agents (id),
    conversation_id {{uuid}} references conversations (id),
    ticket_id       {{uuid}} references tickets (id),
    message_id      {{uuid}},
    text            text not null,
    count           {{bigint}} not null,
    created_at      {{time}} not null,
    updated_at      {{time}} not null,
    read_at         {{time}}
);
create unique index notifications_unread on notifications (agent_id, about) where read_at is null;
create index notifications_agent on notifications (agent_id, updated_at, id);
create index notifications_read on notifications (read_at) where read_at is not null;
create index notifications_conversation on notifications (conversation_id) where conversation_id is not null;

create table subscribers (
    id            {{uuid}} not null primary key,
    code          text not null,
    name          text not null,
    document      text not null,
    document_hash text not null,
    plan          text not null,
    zone          text not null,
    state         text not null,
    due_day       {{bigint}} not null,
    address       text not null,
    phones        {{json}},
    import_id     {{uuid}},
    created_at    {{time}} not null,
    updated_at    {{time}} not null
);
create unique index subscribers_code on subscribers (code);

create table subscriber_phones (
    phone         text not null,
    subscriber_id {{uuid}} not null references subscribers (id) on delete cascade,
    primary key (phone, subscriber_id)
);
create index subscriber_phones_subscriber on subscriber_phones (subscriber_id);

alter table contacts add column plan text not null default '';
alter table contacts add column subscriber_id {{uuid}};
create index contacts_subscriber on contacts (subscriber_id) where subscriber_id is not null;

create table imports (
    id          {{uuid}} not null primary key,
    agent_id    {{uuid}} references agents (id),
    kind        text not null,
    filename    text not null,
    state       text not null,
    columns     {{json}},
    total       {{bigint}} not null,
    bad         {{bigint}} not null,
    done        {{bigint}} not null,
    added       {{bigint}} not null,
    changed     {{bigint}} not null,
    failed      {{bigint}} not null,
    created_at  {{time}} not null,
    updated_at  {{time}} not null,
    finished_at {{time}}
);
create index imports_recent on imports (created_at, id);

create table import_lines (
    import_id {{uuid}} not null references imports (id) on delete cascade,
    line      {{bigint}} not null,
    data      {{json}},
    problems  {{json}},
    primary key (import_id, line)
);
