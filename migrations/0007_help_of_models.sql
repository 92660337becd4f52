-- What language models help to keep: vectors of passages, drafts of articles with
-- where they came from, the versions of articles that people edit, example phrases
-- added at the desk, and how often models failed.
--
-- A vector is known by the text it was made of, so an article that changes costs
-- only the passages that changed, and two articles never share a stale one.

-- +goose Up
alter table articles add column origin {{json}};

create table article_versions (
    id         text not null,
    language   text not null,
    version    {{bigint}} not null,
    content    {{json}},
    author     text not null,
    created_at {{time}} not null,
    primary key (id, language, version)
);

create table intent_phrases (
    intent     text not null,
    language   text not null,
    text       text not null,
    author     text not null,
    created_at {{time}} not null,
    primary key (intent, language, text)
);

create table passage_vectors (
    model      text not null,
    hash       text not null,
    vector     {{bytes}} not null,
    created_at {{time}} not null,
    primary key (model, hash)
);

create table model_failures (
    day     text not null,
    purpose text not null,
    model   text not null,
    reason  text not null,
    times   {{bigint}} not null,
    detail  text not null,
    at      {{time}} not null,
    primary key (day, purpose, model, reason)
);
