-- What the platform tells beyond messages and ticks: people who change their
-- number, contacts who turn out to be one person, news that came before the message
-- it is about, who holds a thread at the provider, and the pauses all replicas obey.
--
-- What a message holds beside words and files stands in one column, since nothing
-- is looked up by it. Merges keep what was, so that an admin can see why two threads
-- became one and old addresses still lead somewhere.

-- +goose Up
alter table contacts add column known_at {{time}};

alter table messages add column details {{json}};
alter table messages add column versions {{json}};
alter table messages add column own_reaction text not null default '';
alter table messages add column reacted_at {{time}};
alter table messages add column own_reacted_at {{time}};

alter table conversations add column controller text not null default '';
alter table conversations add column control_at {{time}};
alter table conversations add column preview_at {{time}};
alter table conversations add column phone_asked_at {{time}};

-- An event that waits for the message it is about.
create table parked (
    event_id    {{uuid}} not null primary key,
    channel     text not null,
    provider_id text not null,
    parked_at   {{time}} not null
);
create index parked_message on parked (channel, provider_id);
create index parked_age on parked (parked_at);

create table merges (
    id           {{uuid}} not null primary key,
    contact_id   {{uuid}} not null,
    gone_id      {{uuid}} not null,
    reason       text not null,
    gone         {{json}},
    threads      {{json}},
    created_at   {{time}} not null
);
create index merges_contact on merges (contact_id, id);

create table moved_conversations (
    gone_id         {{uuid}} not null primary key,
    conversation_id {{uuid}} not null references conversations (id)
);
create index moved_conversations_to on moved_conversations (conversation_id);

-- The numbers that may not send; the empty channel is all of them.
create table pauses (
    channel        text not null primary key,
    reason         text not null,
    detail         text not null,
    only_templates {{bool}} not null,
    since          {{time}} not null,
    until          {{time}}
);
