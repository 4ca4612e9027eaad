import Hummingbird

enum SeedServer {}
