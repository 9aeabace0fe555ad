"""The whole product on its real processes, through real browsers."""
