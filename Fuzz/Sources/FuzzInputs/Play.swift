import Foundation

/// What libFuzzer calls for every input: the first byte, and how many there are.
public typealias Test = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: Test
) -> CInt

/// Lets libFuzzer do what the program's arguments say.
///
/// Its own `main` is not used, because a package's programs name theirs otherwise.
/// - Parameter test: What it calls for every input.
public func fuzz(_ test: Test) -> Never {
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runDriver(&count, &arguments, test))
}

/// Plays one input.
///
/// A problem ends the process, as a crash would, so that libFuzzer keeps the input.
/// - Parameters:
///   - kind: What is played: the name of a `FuzzInput`.
///   - start: The first byte; nil for no bytes.
///   - count: How many there are.
/// - Returns: 0, which lets libFuzzer keep inputs that reach something new.
public func play(_ kind: String, _ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let input = FuzzInput(rawValue: kind) else { fatalError("There is no kind of input called '\(kind)'.") }
    let problems = input.problems(with: Array(UnsafeBufferPointer(start: start, count: count)))
    guard let first = problems.first else { return 0 }
    FileHandle.standardError.write(Data("\(kind): \(first)\n".utf8))
    abort()
}
