import AsyncHTTPClient
import Hummingbird
import HummingbirdTLS

enum SeedNetwork {}
