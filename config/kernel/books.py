"""Constraints of books: what is written stays as it is, and everything that is written together adds up to nothing."""

from config.kernel.constraints import TenancyConstraint


class AppendOnly(TenancyConstraint):
    """Nobody changes a row or takes it back, not even the tables' owner; beside it stands the missing grant."""

    def __init__(self, *, name="%(app_label)s_%(class)s_append_only"):
        super().__init__(name=name)

    def create_sql(self, model, schema_editor):
        table, name = (schema_editor.quote_name(each) for each in (model._meta.db_table, self.name))
        return f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
                        MESSAGE = TG_TABLE_NAME || ' is only added to';
                END $$;
            CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION {name}()
        """

    def remove_sql(self, model, schema_editor):
        return f"DROP FUNCTION {schema_editor.quote_name(self.name)}() CASCADE"


class SumsToZero(TenancyConstraint):
    """The rows below one `whole` add up to nothing in each currency, and all of them are written together with it.

    Stands on the rows; `whole` is their key to a model with a column `posted_in`, the transaction it was written in.
    The sum is asked for once per whole, when its transaction commits.
    """

    def __init__(self, *, whole, amount, name="%(app_label)s_%(class)s_sums_to_zero"):
        self.whole, self.amount = whole, amount
        super().__init__(name=name)

    def create_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        key = model._meta.get_field(self.whole)
        rows, wholes = quote(model._meta.db_table), quote(key.remote_field.model._meta.db_table)
        key, amount, name = quote(key.column), quote(self.amount), quote(self.name)
        together = quote(f"{self.name}_together")
        as_owner = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"
        # As their owner, whom no policy binds: at commit the connection may act for somebody else already.
        return f"""
            CREATE FUNCTION {name}() RETURNS trigger {as_owner} AS $$
                BEGIN
                    IF (SELECT bool_and(added = 0) FROM (
                        SELECT sum({amount}) AS added FROM {rows}
                        WHERE merchant_id = NEW.merchant_id AND {key} = NEW.id GROUP BY currency
                    ) AS per_currency) IS NOT TRUE THEN
                        RAISE EXCEPTION USING ERRCODE = 'check_violation',
                            MESSAGE = TG_TABLE_NAME || ' ' || NEW.id || ' does not add up to nothing';
                    END IF;
                    RETURN NULL;
                END $$;
            CREATE CONSTRAINT TRIGGER {name} AFTER INSERT ON {wholes} DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION {name}();
            CREATE FUNCTION {together}() RETURNS trigger {as_owner} AS $$
                BEGIN
                    IF EXISTS (
                        SELECT FROM arriving JOIN {wholes} AS whole ON whole.id = arriving.{key}
                        WHERE whole.posted_in <> pg_current_xact_id()
                    ) THEN
                        RAISE EXCEPTION USING ERRCODE = 'check_violation',
                            MESSAGE = TG_TABLE_NAME || ' is written together with its whole, never later';
                    END IF;
                    RETURN NULL;
                END $$;
            CREATE TRIGGER {together} AFTER INSERT ON {rows} REFERENCING NEW TABLE AS arriving
                FOR EACH STATEMENT EXECUTE FUNCTION {together}()
        """

    def remove_sql(self, model, schema_editor):
        names = (schema_editor.quote_name(each) for each in (self.name, f"{self.name}_together"))
        return "; ".join(f"DROP FUNCTION {name}() CASCADE" for name in names)

    def deconstruct(self):
        path, args, options = super().deconstruct()
        return path, args, options | {"whole": self.whole, "amount": self.amount}
