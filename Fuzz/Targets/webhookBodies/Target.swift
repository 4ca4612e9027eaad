import FuzzInputs

@_cdecl("LLVMFuzzerTestOneInput")
func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt { play("webhookBodies", start, count) }

@main
struct Target {
    static func main() { fuzz(test) }
}
