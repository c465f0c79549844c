-- What needs the places of files: search, earlier releases, changes. {articles}, {index} and
-- {releases} are put in when the catalog is written.


create view search_index as from read_parquet({index}, hive_partitioning = false);
comment on view search_index is 'For search(): how often an article prints a word, accents folded.';

create view search_articles as
select file_row_number as article_row, article_id, site_id, title, event_date_start, text, word_count
from read_parquet({articles}, hive_partitioning = false, file_row_number = true);
comment on view search_articles is 'For search(): articles by their place in the table.';

create macro search(words) as table
with asked as (
    select distinct rtrim(printed, '*') as term, ends_with(printed, '*') as is_prefix
    from (select unnest(
        regexp_extract_all(strip_accents(lower(words)), '[\p{L}\p{N}]+\*?')) as printed)
), found as (
    select i.article_row, i.text_count, i.title_count, a.term
    from asked as a join search_index as i on i.term = a.term
    where not a.is_prefix
    union all
    select i.article_row, sum(i.text_count), sum(i.title_count), a.term
    from asked as a join search_index as i on starts_with(i.term, a.term)
    where a.is_prefix
    group by i.article_row, a.term
), corpus as (
    select count(*) as article_count, avg(word_count) as mean_words from search_articles
), known as (
    select term, count(*) as holder_count from found group by term
), scored as (
    -- Okapi BM25, k1 1.2 and b 0.75; a word of the title counts as four of the text.
    select f.article_row,
        sum(ln(1 + (c.article_count - k.holder_count + 0.5) / (k.holder_count + 0.5))
            * ((f.text_count + 4 * f.title_count) * 2.2)
            / (f.text_count + 4 * f.title_count
                + 1.2 * (0.25 + 0.75 * a.word_count / greatest(1, c.mean_words)))) as score
    from found as f
    join known as k using (term)
    join search_articles as a using (article_row)
    cross join corpus as c
    group by f.article_row
    having count(distinct f.term) = (select count(*) from asked)
), quoted as (
    -- Comprehensions: DuckDB 1.2 has no `lambda`, DuckDB 2.0 no arrow.
    select [
        ' ' || trim(regexp_replace(phrase, '[^\p{L}\p{N}]+', ' ', 'g')) || ' '
        for phrase in regexp_extract_all(strip_accents(lower(words)), '"([^"]+)"', 1)
    ] as phrases
)
select round(s.score, 3) as score, a.article_id, a.title, a.site_id, a.event_date_start
from scored as s
join search_articles as a using (article_row)
cross join quoted as q
where len(q.phrases) = 0 or len([
    phrase for phrase in q.phrases if not contains(
        ' ' || regexp_replace(strip_accents(lower(coalesce(a.title, '') || ' ' || a.text)),
            '[^\p{L}\p{N}]+', ' ', 'g') || ' ', phrase)
]) = 0
order by s.score desc, a.article_id;
comment on macro table search is 'Articles that print all these words, the best first: accents do not matter, prefix* and "a phrase" may be asked.';

create view all_changes as
from read_parquet({changes}, hive_partitioning = false);
comment on view all_changes is 'Every change between the releases that are kept, each with its cause.';

create macro changes(older, newer) as table
with placed as (
    -- Text: DuckDB cannot hold a list between two others.
    select *, array_to_string([lpad(part, 9, '0') for part in string_split(release, '.')], '.') as place
    from all_changes
), asked as (
    select
        array_to_string([lpad(part, 9, '0') for part in string_split(older, '.')], '.') as after,
        array_to_string([lpad(part, 9, '0') for part in string_split(newer, '.')], '.') as until
)
select placed.* exclude (place)
from placed cross join asked
where place > asked.after and place <= asked.until
order by place, table_name, row_key, column_name nulls first;
comment on macro table changes is 'What changed from one release to a later one, row by row, and why.';

create macro as_of(table_name, version) as table
from read_parquet({releases} || '/' || version || '/' || table_name || '.parquet', hive_partitioning = false);
comment on macro table as_of is 'A table of an earlier release that is kept: as_of(''events'', ''1.0.0'').';
