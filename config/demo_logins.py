"""The logins of the sample data: `prepare_demo` makes them, `quickstart` prints them. Everybody knows them."""

PASSWORD = "zhanggui-demo"
LOGINS = [
    ("olive@acme.example", "owner of the shops Acme and 临海户外"),
    ("sam@acme.example", "fulfillment and support at Acme"),
    ("rita@rival.example", "owner of Rival and of Inkwell, which is on vacation; manager of 北木家居"),
    ("zhou@beimu.example", "owner of 北木家居 and of 豆豆玩具, which is suspended; reads Chinese"),
    ("admin@zhanggui.example", "the platform's administrator, at /admin/"),
]
