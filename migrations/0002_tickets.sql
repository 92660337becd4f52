-- Matters that outlive the chat, what contacts allow us, and failures somebody
-- should act on.

-- +goose Up
create table tickets (
    id              {{uuid}} not null primary key,
    protocol        text not null,
    contact_id      {{uuid}} not null references contacts (id),
    conversation_id {{uuid}} not null references conversations (id),
    intent          text not null,
    subject         text not null,
    priority        text not null,
    state           text not null,
    team            text not null,
    assignee_id     {{uuid}} references agents (id),
    opened_by       text not null,
    outcome         text not null,
    facts           {{json}},
    resolved_at     {{time}},
    closed_at       {{time}},
    created_at      {{time}} not null,
    updated_at      {{time}} not null
);
create unique index tickets_protocol on tickets (protocol);
create index tickets_contact on tickets (contact_id, id);
create index tickets_recent on tickets (updated_at, id);
create index tickets_state on tickets (state, updated_at, id);
create index tickets_resolved on tickets (resolved_at) where state = 'resolved';

create table ticket_events (
    id         {{uuid}} not null primary key,
    ticket_id  {{uuid}} not null references tickets (id),
    author     text not null,
    agent_id   {{uuid}} references agents (id),
    kind       text not null,
    "from"     text not null,
    "to"       text not null,
    note       text not null,
    message_id {{uuid}},
    created_at {{time}} not null
);
create index ticket_events_ticket on ticket_events (ticket_id, id);

-- The last protocol number given on a day. The row is the lock that keeps numbers
-- unique and without holes beyond those of rolled back transactions.
create table protocol_counters (
    day  text not null primary key,
    last {{bigint}} not null
);

create table consents (
    id         {{uuid}} not null primary key,
    contact_id {{uuid}} not null references contacts (id),
    purpose    text not null,
    granted    {{bool}} not null,
    source     text not null,
    wording    text not null,
    message_id {{uuid}},
    created_at {{time}} not null
);
create index consents_contact on consents (contact_id, id);

create table alerts (
    id          {{uuid}} not null primary key,
    kind        text not null,
    subject     text not null,
    severity    text not null,
    detail      text not null,
    count       {{bigint}} not null,
    first_at    {{time}} not null,
    last_at     {{time}} not null,
    resolved_at {{time}},
    resolved_by {{uuid}} references agents (id)
);
create unique index alerts_unresolved on alerts (kind, subject) where resolved_at is null;
create index alerts_recent on alerts (last_at, id);
