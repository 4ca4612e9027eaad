import ArgumentParser
import Configuration
import Crypto

@main struct Main { static func main() {} }
