from tests.inbox.together.conftest import shop, talk

__all__ = ["shop", "talk"]
