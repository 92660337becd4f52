-- Programs list tickets by when they were opened.

-- +goose Up
create index tickets_created on tickets (created_at, id);
