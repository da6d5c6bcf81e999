from merchants.accounts.models.buyers import Buyer
from merchants.accounts.models.credentials import Credential
from merchants.accounts.models.memberships import Membership
from merchants.accounts.models.merchants import Merchant
from merchants.accounts.models.ownership import MerchantOwned
from merchants.accounts.models.sources import Sourced, one_per_source
from merchants.accounts.models.users import User

__all__ = ["Buyer", "Credential", "Membership", "Merchant", "MerchantOwned", "Sourced", "User", "one_per_source"]
