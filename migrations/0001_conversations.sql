-- The desk from a message in to a message out. Everything a conversation needs is
-- here: who writes, what they wrote, what we were told and have not used yet, and
-- the record of each turn.
--
-- Indexes follow three rules. Whatever changes with every message is in as few of
-- them as the lists allow; what is true of few rows is a partial index; and the
-- last column is the id, so that a list can be continued after any of its rows.

-- +goose Up
create table agents (
    id            {{uuid}} not null primary key,
    name          text not null,
    email         text not null,
    role          text not null,
    language      text not null,
    password_hash text not null,
    active        {{bool}} not null,
    last_seen_at  {{time}},
    created_at    {{time}} not null,
    updated_at    {{time}} not null
);
create unique index agents_email on agents (email);

create table contacts (
    id         {{uuid}} not null primary key,
    name       text not null,
    username   text not null,
    phone      text not null,
    bsuid      text not null,
    language   text not null,
    created_at {{time}} not null,
    updated_at {{time}} not null
);

create table aliases (
    kind       text not null,
    value      text not null,
    contact_id {{uuid}} not null references contacts (id),
    created_at {{time}} not null,
    primary key (kind, value)
);
create index aliases_contact on aliases (contact_id);

create table events (
    id          {{uuid}} not null primary key,
    key         text not null,
    kind        text not null,
    channel     text not null,
    raw         {{bytes}} not null,
    received_at {{time}} not null,
    done_at     {{time}},
    error       text not null
);
create unique index events_key on events (key);
create index events_done on events (done_at) where done_at is not null;

create table conversations (
    id             {{uuid}} not null primary key,
    contact_id     {{uuid}} not null references contacts (id),
    channel        text not null,
    owner          text not null check (owner in ('assistant', 'queue', 'agent')),
    agent_id       {{uuid}} references agents (id),
    state          text not null check (state in ('open', 'snoozed', 'closed')),
    snoozed_until  {{time}},
    language       text not null,
    team           text not null,
    priority       text not null,
    handoff        {{json}},
    queued_at      {{time}},
    pending        {{json}},
    border         {{uuid}} not null,
    window_ends_at {{time}},
    turn_due_at    {{time}},
    burst_at       {{time}},
    preview        text not null,
    preview_by     text not null,
    unread         {{bigint}} not null,
    last_at        {{time}} not null,
    misses         {{bigint}} not null,
    version        {{bigint}} not null,
    created_at     {{time}} not null,
    updated_at     {{time}} not null,
    check ((owner = 'agent') = (agent_id is not null))
);
create unique index conversations_contact on conversations (contact_id, channel);
create index conversations_recent on conversations (state, last_at, id);
create index conversations_held on conversations (agent_id, state, last_at, id) where owner = 'agent';
create index conversations_queue on conversations (
    (case priority when 'urgent' then 0 when 'high' then 1 when 'low' then 3 else 2 end), queued_at, id
) where owner = 'queue';
create index conversations_turn on conversations (turn_due_at) where turn_due_at is not null;
create index conversations_snoozed on conversations (snoozed_until) where state = 'snoozed';

-- turn_id has no foreign key: turns are kept shorter than messages.
create table messages (
    id              {{uuid}} not null primary key,
    conversation_id {{uuid}} not null references conversations (id),
    channel         text not null,
    direction       text not null,
    author          text not null,
    agent_id        {{uuid}} references agents (id),
    kind            text not null,
    text            text not null,
    provider_id     text not null,
    quoted_id       text not null,
    draft_id        text not null,
    attachment      {{json}},
    location        {{json}},
    choice          {{json}},
    buttons         {{json}},
    notice          text not null,
    reaction        text not null,
    forwarded       {{bool}} not null,
    turn_id         {{uuid}},
    status          text not null,
    failure_code    {{bigint}} not null,
    failure_detail  text not null,
    attempts        {{bigint}} not null,
    tried_at        {{time}},
    accepted_at     {{time}},
    sent_at         {{time}},
    delivered_at    {{time}},
    read_at         {{time}},
    created_at      {{time}} not null
);
create unique index messages_provider on messages (channel, provider_id) where provider_id <> '';
create unique index messages_draft on messages (conversation_id, draft_id) where draft_id <> '';
create index messages_thread on messages (conversation_id, id);
create index messages_unsent on messages (conversation_id, id) where status in ('queued', 'sending');
create index messages_unknown on messages (id) where status in ('sending', 'unknown');

create table turns (
    id               {{uuid}} not null primary key,
    conversation_id  {{uuid}} not null references conversations (id),
    first_message_id {{uuid}} not null,
    last_message_id  {{uuid}} not null,
    action           text not null,
    reason           text not null,
    intent           text not null,
    confidence       {{double}} not null,
    language         text not null,
    understanding    {{json}},
    decision         {{json}},
    inputs           {{json}},
    model            text not null,
    prompt_hash      text not null,
    tokens_in        {{bigint}} not null,
    tokens_out       {{bigint}} not null,
    cost_micros      {{bigint}} not null,
    cost_currency    text not null,
    took_micros      {{bigint}} not null,
    created_at       {{time}} not null
);
create index turns_conversation on turns (conversation_id, id);
