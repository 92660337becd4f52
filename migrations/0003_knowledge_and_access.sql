-- What the assistant answers from, what an admin sets at run time, and how agents
-- get in. Only hashes of tokens are kept.

-- +goose Up
create table articles (
    id          text not null,
    language    text not null,
    version     {{bigint}} not null,
    title       text not null,
    questions   {{json}},
    keywords    {{json}},
    body        text not null,
    owner       text not null,
    status      text not null,
    zones       {{json}},
    plans       {{json}},
    valid_from  {{time}},
    valid_until {{time}},
    hash        text not null,
    uses        {{bigint}} not null,
    thumbs_down {{bigint}} not null,
    created_at  {{time}} not null,
    updated_at  {{time}} not null,
    primary key (id, language)
);

create table settings (
    key        text not null primary key,
    value      {{json}} not null,
    updated_at {{time}} not null
);

create table sign_in_links (
    token_hash text not null primary key,
    agent_id   {{uuid}} not null references agents (id),
    expires_at {{time}} not null,
    used_at    {{time}},
    created_at {{time}} not null
);
create index sign_in_links_agent on sign_in_links (agent_id);

create table sessions (
    token      text not null primary key,
    data       {{bytes}} not null,
    expires_at {{time}} not null
);
create index sessions_expiry on sessions (expires_at);
