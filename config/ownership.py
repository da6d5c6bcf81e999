"""What stands outside the walls between merchants, each with its reason."""

# the models which belong to no merchant, or have no row-level security
GLOBAL = {
    "accounts.Merchant": "is the owner itself",
    "accounts.User": "a person may work for several merchants",
    "account.EmailAddress": "belongs to a person",
    "account.EmailConfirmation": "belongs to a person",
    "activity.Seal": "one chain of seals over the facts of all merchants, without a word of what they say",
    "admin.LogEntry": "what platform staff did",
    "analytics.DemoClock": "one clock for the whole platform",
    "auth.Group": "Django's; nobody is in one, the permission map rules",
    "auth.Permission": "Django's; nobody has one, the permission map rules",
    "catalog.ProductWord": "titles are public; words with typos are found by an index that no policy may stand before",
    "contenttypes.ContentType": "one list for all",
    "desk.Duty": "the platform's own, for all merchants at once",
    "desk.DutyRun": "a performance of one",
    "fulfillment.OrderGroup": "one group for all merchants in it; a number and a time, nothing of the buyer",
    "marketplace.Category": "the operator's tree, the same for all",
    "marketplace.CategoryName": "the operator's tree, the same for all",
    "marketplace.CommissionRule": "what the operator takes is public to all merchants",
    "marketplace.CommissionSchedule": "what the operator takes is public to all merchants",
    "marketplace.PostcodeArea": "where a postcode lies is the same for all",
    "marketplace.SalesChannel": "the operator's channels, the same for all",
    "mfa.Authenticator": "belongs to a person",
    "sessions.Session": "belongs to a person",
}

# the keys that point at a row of the platform, whichever merchant's row they are in
TO_PLATFORM = {"fulfillment.PaymentPart.payment": "a payment is the platform's, its parts are the merchants'"}

# the modules that may write for many merchants in one statement, each with its reason
WRITES_FOR_MANY = {
    "analytics/services/demo/trade.py": "orders of the sample shops share groups and payments",
    "analytics/services/imports/engine.py": "a marketplace import writes the rows of all its merchants",
    "merchants/money/services/statements.py": "a statement run closes the months of all merchants",
}

# columns that are named like something about a person and are not
NOT_PERSONAL = {
    "accounts.Credential.name": "what a shop calls a partner's system",
    "accounts.Merchant.name": "what a shop calls itself in public",
    "activity.DomainEvent.name": "the name of a kind of fact",
    "activity.EventDelivery.name": "the name of a kind of fact",
    "catalog.Product.title": "what is sold",
    "desk.ImportFinding.message": "what to do about a line; what the line says is beside it, masked",
    "desk.SavedView.name": "what people call a list of goods or orders",
    "fulfillment.CreditLine.name": "what was taken back",
    "fulfillment.OrderLine.name": "what was ordered",
    "inventory.StockMovement.note": "about goods; the form asks to name nobody",
    "marketplace.Category.name": "a place in the operator's tree",
    "marketplace.CategoryName.name": "a place in the operator's tree",
    "marketplace.PostcodeArea.city": "an area on the map, whoever lives there",
    "marketplace.PostcodeArea.region": "an area on the map, whoever lives there",
    "marketplace.SalesChannel.name": "a place where goods are sold",
    "onboarding.Shop.name": "what a shop calls itself in public",
}
