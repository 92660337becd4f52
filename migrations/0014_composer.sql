-- What helps agents to write: drafts that no lost network or other device takes away,
-- canned replies and macros, what an agent did last and may still take back, answers
-- of the assistant that agents found wrong, and how an agent wants to be called.

-- +goose Up
create table drafts (
    conversation_id {{uuid}} not null references conversations (id),
    agent_id        {{uuid}} not null references agents (id),
    mode            text not null,
    text            text not null,
    quoted_id       text not null,
    draft_id        text not null,
    refused         text not null,
    holder          text not null,
    saved_at        {{time}} not null,
    primary key (conversation_id, agent_id, mode)
);
create index drafts_agent on drafts (agent_id, saved_at);

create table canned_replies (
    id         {{uuid}} not null primary key,
    agent_id   {{uuid}} references agents (id),
    shortcut   text not null,
    texts      {{json}},
    created_at {{time}} not null,
    updated_at {{time}} not null
);
create unique index canned_replies_own on canned_replies (agent_id, shortcut) where agent_id is not null;
create unique index canned_replies_shared on canned_replies (shortcut) where agent_id is null;

create table macros (
    id         {{uuid}} not null primary key,
    agent_id   {{uuid}} references agents (id),
    name       text not null,
    steps      {{json}},
    created_at {{time}} not null,
    updated_at {{time}} not null
);
create unique index macros_own on macros (agent_id, name) where agent_id is not null;
create unique index macros_shared on macros (name) where agent_id is null;

create table undos (
    conversation_id {{uuid}} not null primary key references conversations (id),
    agent_id        {{uuid}} not null references agents (id),
    verb            text not null,
    version         {{bigint}} not null,
    last_at         {{time}} not null,
    was             {{json}},
    tickets         {{json}},
    at              {{time}} not null
);

create table wrong_answers (
    message_id      {{uuid}} not null primary key references messages (id),
    conversation_id {{uuid}} not null references conversations (id),
    article_id      text not null,
    language        text not null,
    version         {{bigint}} not null,
    agent_id        {{uuid}} not null references agents (id),
    reason          text not null,
    created_at      {{time}} not null,
    settled_at      {{time}},
    settled_by      {{uuid}} references agents (id)
);
create index wrong_answers_article on wrong_answers (article_id, language) where settled_at is null;

alter table agents add column notify_desktop {{bool}} not null default false;
alter table agents add column notify_sound {{bool}} not null default false;
