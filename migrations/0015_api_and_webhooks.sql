-- What other programs need of the desk: tokens with which they act, the answers to
-- their requests for a day so that a repeated one has one effect, the names other
-- systems know our tickets and contacts by, and the webhooks that tell them of changes.
--
-- feed_changes holds what was committed and not yet turned into events; rows are
-- written only while there is a webhook, and leave as soon as they are read.

-- +goose Up
alter table agents add column program {{bool}} not null default false;

create table tokens (
    id           {{uuid}} not null primary key,
    agent_id     {{uuid}} not null references agents (id),
    name         text not null,
    source       text not null,
    prefix       text not null,
    hash         text not null,
    scopes       {{json}},
    created_by   text not null,
    expires_at   {{time}},
    last_used_at {{time}},
    revoked_at   {{time}},
    created_at   {{time}} not null
);
create unique index tokens_hash on tokens (hash);

create table kept_answers (
    token_id     {{uuid}} not null references tokens (id),
    key          text not null,
    request_hash text not null,
    status       {{bigint}} not null,
    headers      {{json}},
    body         {{bytes}} not null,
    taken_at     {{time}} not null,
    created_at   {{time}} not null,
    primary key (token_id, key)
);
create index kept_answers_age on kept_answers (created_at);

create table external_ids (
    kind       text not null,
    source     text not null,
    value      text not null,
    subject_id {{uuid}} not null,
    created_at {{time}} not null,
    primary key (kind, source, value)
);
create index external_ids_subject on external_ids (subject_id);

create table webhooks (
    id              {{uuid}} not null primary key,
    name            text not null,
    url             text not null,
    topics          {{json}},
    source          text not null,
    secret          text not null,
    former_secret   text not null,
    former_until    {{time}},
    active          {{bool}} not null,
    failing_since   {{time}},
    disabled_at     {{time}},
    created_by      text not null,
    created_at      {{time}} not null,
    updated_at      {{time}} not null
);

create table feed_changes (
    id         {{uuid}} not null primary key,
    kind       text not null,
    subject_id {{uuid}} not null,
    fresh      {{bool}} not null,
    source     text not null,
    created_at {{time}} not null
);

create table webhook_events (
    id         {{uuid}} not null primary key,
    sequence   {{bigint}} not null,
    type       text not null,
    subject_id {{uuid}} not null,
    source     text not null,
    body       {{bytes}} not null,
    created_at {{time}} not null
);
create unique index webhook_events_sequence on webhook_events (sequence);
create index webhook_events_age on webhook_events (created_at);

create table webhook_deliveries (
    id           {{uuid}} not null primary key,
    webhook_id   {{uuid}} not null references webhooks (id),
    event_id     {{uuid}} not null references webhook_events (id),
    type         text not null,
    sequence     {{bigint}} not null,
    state        text not null,
    attempts     {{bigint}} not null,
    due_at       {{time}} not null,
    tried_at     {{time}},
    delivered_at {{time}},
    status       {{bigint}} not null,
    problem      text not null,
    response     text not null,
    took_micros  {{bigint}} not null,
    created_at   {{time}} not null
);
create index webhook_deliveries_log on webhook_deliveries (webhook_id, id);
create index webhook_deliveries_event on webhook_deliveries (event_id);
create index webhook_deliveries_due on webhook_deliveries (webhook_id, due_at, sequence) where state = 'pending';

-- Which replica turns changes into events now, and the last sequence number given.
create table relays (
    name       text not null primary key,
    sequence   {{bigint}} not null,
    holder     text not null,
    held_until {{time}}
);
