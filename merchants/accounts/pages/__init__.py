from merchants.accounts.pages.profile import profile
from merchants.accounts.pages.shops import Menu, choose_density, choose_language, home

__all__ = ["Menu", "choose_density", "choose_language", "home", "profile"]
