import GRDB

enum SeedStore {}
