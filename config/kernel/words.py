"""Words that titles are found by: Latin ones whole, Han in pairs of neighbors, for Chinese has no spaces."""

import re
import unicodedata

from config.kernel.constraints import TenancyConstraint

HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
LONGEST = 60
HIGHEST = chr(0x10FFFF)  # ends the range of a prefix
RUNS = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
IS_HAN = re.compile(rf"[{HAN}]")


def words_asked(text: str) -> list[str]:
    """What each wanted word begins with; of Han all pairs, or the one character there is."""
    found = []
    for run in RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
        if IS_HAN.match(run) and len(run) > 1:
            found += [run[at : at + 2] for at in range(len(run) - 1)]
        else:
            found.append(run[:LONGEST])
    return list(dict.fromkeys(found))


class SearchedWords(TenancyConstraint):
    """The database itself keeps the words of a column in a table of their own, whoever writes the rows.

    The table has the columns merchant_id, {key} and word, and no row-level security: behind it the operators that find
    words with typos would lose their index. Only what is public anyway may be searched so.
    """

    def __init__(self, *, column, table, key, name="%(app_label)s_%(class)s_words"):
        self.column, self.table, self.key = column, table, key
        super().__init__(name=name)

    def create_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        rows, table, key, column = (quote(each) for each in (model._meta.db_table, self.table, self.key, self.column))
        of, added, changed = (quote(f"{self.name}_{end}") for end in ("of", "added", "changed"))
        as_owner = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"
        return f"""
            CREATE FUNCTION {of}(said text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
                WITH plain AS (SELECT lower(normalize(said, NFKC)) AS said),
                han AS (SELECT (regexp_matches(said, '[{HAN}]+', 'g'))[1] AS run FROM plain)
                SELECT left((regexp_matches(
                    regexp_replace(said, '[{HAN}]+', ' ', 'g'), '[[:alnum:]]+', 'g'
                ))[1], {LONGEST}) FROM plain
                UNION SELECT substr(run, place, 2) FROM han, generate_series(1, length(run)) AS place
            $$;
            CREATE FUNCTION {added}() RETURNS trigger {as_owner} AS $$
                BEGIN
                    INSERT INTO {table} (merchant_id, {key}, word)
                    SELECT arriving.merchant_id, arriving.id, word FROM arriving, {of}(arriving.{column}) AS word;
                    RETURN NULL;
                END $$;
            CREATE TRIGGER {added} AFTER INSERT ON {rows} REFERENCING NEW TABLE AS arriving
                FOR EACH STATEMENT EXECUTE FUNCTION {added}();
            CREATE FUNCTION {changed}() RETURNS trigger {as_owner} AS $$
                BEGIN
                    DELETE FROM {table} WHERE {key} = OLD.id;
                    IF TG_OP = 'UPDATE' THEN
                        INSERT INTO {table} (merchant_id, {key}, word)
                        SELECT NEW.merchant_id, NEW.id, word FROM {of}(NEW.{column}) AS word;
                    END IF;
                    RETURN NULL;
                END $$;
            CREATE TRIGGER {changed} AFTER DELETE OR UPDATE OF {column} ON {rows}
                FOR EACH ROW EXECUTE FUNCTION {changed}()
        """

    def remove_sql(self, model, schema_editor):
        names = (schema_editor.quote_name(f"{self.name}_{end}") for end in ("added", "changed", "of"))
        signs = ("()", "()", "(text)")
        return "; ".join(f"DROP FUNCTION {name}{sign} CASCADE" for name, sign in zip(names, signs, strict=True))

    def deconstruct(self):
        path, args, options = super().deconstruct()
        return path, args, options | {"column": self.column, "table": self.table, "key": self.key}
