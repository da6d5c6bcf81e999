from merchants.accounts.pages.shops import Menu, ShopHome, choose_language, home

__all__ = ["Menu", "ShopHome", "choose_language", "home"]
