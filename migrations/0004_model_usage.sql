-- What language models used, added up by day, conversation, purpose and model: the
-- ledger that budgets are checked against, shared by all replicas.

-- +goose Up
create table model_usages (
    day             text not null,
    conversation_id {{uuid}} not null,
    purpose         text not null,
    model           text not null,
    calls           {{bigint}} not null,
    tokens_in       {{bigint}} not null,
    tokens_cached   {{bigint}} not null,
    tokens_out      {{bigint}} not null,
    cost_micros     {{bigint}} not null,
    unpriced        {{bigint}} not null,
    at              {{time}} not null,
    primary key (day, conversation_id, purpose, model)
);
