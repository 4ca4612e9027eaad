/// The fewest requests with which records can be read or written, at full pages and batches.
///
/// It is what a job's requests are measured against: ⌈n / page⌉ for a read, at least one, because nobody knows before
/// that nothing has changed; ⌈n / batch⌉ for writes.
public enum RequestFloor {
    /// The fewest requests that read a table's rows or changes.
    /// - Parameters:
    ///   - rows: How many rows came.
    ///   - page: The most rows on a page, at least 1.
    /// - Returns: At least 1.
    public static func reads(rows: Int, page: Int) -> Int { max(1, ceiling(rows, page)) }

    /// The fewest requests that carry out writes.
    /// - Parameters:
    ///   - count: How many records were written.
    ///   - batch: The most writes in a batch, at least 1.
    /// - Returns: 0 where nothing was written.
    public static func writes(_ count: Int, batch: Int) -> Int { ceiling(count, batch) }

    private static func ceiling(_ count: Int, _ size: Int) -> Int { (count + max(1, size) - 1) / max(1, size) }
}
