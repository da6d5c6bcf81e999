"""The logins of the sample data: `prepare_demo` makes them, `quickstart` prints them. Everybody knows them."""

PASSWORD = "zhanggui-demo"
LOGINS = [
    ("olive@acme.example", "owner of the shop Acme"),
    ("sam@acme.example", "staff of Acme"),
    ("rita@rival.example", "owner of a rival shop"),
    ("admin@zhanggui.example", "the platform's administrator, at /admin/"),
]
