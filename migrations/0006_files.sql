-- Files are counted by their uses: one content is kept once, and is removed when
-- the last message or upload that uses it is gone. Uploads are what agents have
-- chosen and not yet sent. Files kept so far are entered.

-- +goose Up
create table files (
    path       text not null primary key,
    size       {{bigint}} not null,
    created_at {{time}} not null,
    touched_at {{time}} not null,
    dying_at   {{time}}
);
create index files_touched on files (touched_at);

create table file_uses (
    owner_id {{uuid}} not null,
    path     text not null references files (path),
    primary key (owner_id, path)
);
create index file_uses_path on file_uses (path);

create table uploads (
    id              {{uuid}} not null primary key,
    conversation_id {{uuid}} not null references conversations (id),
    agent_id        {{uuid}} not null references agents (id),
    kind            text not null,
    attachment      {{json}},
    created_at      {{time}} not null
);
create index uploads_place on uploads (conversation_id, agent_id);
create index uploads_age on uploads (created_at);

--: sqlite
insert into files (path, size, created_at, touched_at)
select json_extract(attachment, '$.path'), max(coalesce(json_extract(attachment, '$.size'), 0)), max(created_at), max(created_at)
from messages where json_extract(attachment, '$.path') <> '' group by 1;
insert into file_uses (owner_id, path)
select id, json_extract(attachment, '$.path') from messages where json_extract(attachment, '$.path') <> '';
--: end
--: postgres
insert into files (path, size, created_at, touched_at)
select attachment ->> 'path', max(coalesce((attachment ->> 'size')::bigint, 0)), max(created_at), max(created_at)
from messages where attachment ->> 'path' <> '' group by 1;
insert into file_uses (owner_id, path)
select id, attachment ->> 'path' from messages where attachment ->> 'path' <> '';
--: end
