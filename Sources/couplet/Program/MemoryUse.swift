import Glibc

/// How the process asks the system for memory.
enum MemoryUse {
    /// Settings of the C library by the numbers of its `malloc.h`, which Swift's module of the library leaves out.
    private enum Setting: Int32 {
        case trimThreshold = -1
        case mappingThreshold = -3
        case mostHeaps = -8
    }

    /// Buffers from here on are given back at once, in bytes.
    private static let large: Int32 = 256 * 1024

    /// Keeps what the process holds close to what it uses.
    ///
    /// Pages and batches of megabytes come and go on several threads. By default the C library gives each thread a heap
    /// of its own and, after the first large buffer that was freed, keeps later ones in these heaps, where they leave
    /// holes: a long synchronization then holds far more than it uses.
    static func keepSmall() {
        typealias Change = @convention(c) (Int32, Int32) -> Int32
        guard let symbol = dlsym(nil, "mallopt") else { return }
        let change = unsafeBitCast(symbol, to: Change.self)
        for (setting, value) in [(Setting.mostHeaps, 2), (.mappingThreshold, large), (.trimThreshold, large)] {
            _ = change(setting.rawValue, value)
        }
    }
}
