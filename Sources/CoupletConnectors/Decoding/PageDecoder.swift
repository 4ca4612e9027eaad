import CSimdjson
import CoupletCore
public import CoupletPorts
import Synchronization

/// Decodes pages of records straight into row pages; one decoder serves any number of callers at a time.
public final class PageDecoder: Sendable {
    private let idle = Mutex<[DecoderMemory]>([])

    /// Creates a decoder without memory of its own yet.
    public init() {}

    /// Decodes an answer with records in `value`.
    /// - Parameters:
    ///   - body: The whole body of the answer. With 64 bytes of spare capacity it is not copied.
    ///   - shape: The table and the fields that rows hold; other properties are skipped.
    /// - Returns: The rows and the links to what comes next.
    /// - Throws: `DecodeError` when the body is not such a page.
    public func decode(_ body: [UInt8], shape: TableShape) throws(DecodeError) -> DecodedPage {
        try page(body, shape: RowShape(shape))
    }

    package func page(_ body: [UInt8], shape: RowShape) throws(DecodeError) -> DecodedPage {
        try withMemory(for: shape) { memory throws(DecodeError) in
            var page = csj_page()
            let status = body.withUnsafeBytes { bytes in
                csj_decode_page(memory.pointer, bytes.bytes, body.count, body.capacity, &page)
            }
            try DecodeError.check(status)
            return DecodedPage(page, layout: shape.layout)
        }
    }

    /// Decodes one entity or one OData error.
    ///
    /// `spare` is how many bytes may be read after the last one.
    package func object(
        _ bytes: UnsafeRawBufferPointer,
        spare: Int,
        shape: RowShape
    ) throws(DecodeError) -> DecodedPart {
        try withMemory(for: shape) { memory throws(DecodeError) in
            var part = csj_part()
            var arena: UnsafePointer<UInt8>?
            let status = csj_decode_object(memory.pointer, bytes.bytes, bytes.count, bytes.count + spare, &part, &arena)
            try DecodeError.check(status)
            return DecodedPart(part, arena: arena)
        }
    }

    /// Decodes one entity or one OData error that is a body of its own.
    package func object(_ body: [UInt8], shape: RowShape) throws(DecodeError) -> DecodedPart {
        let decoded = body.withUnsafeBytes { bytes in
            Result { () throws(DecodeError) in try object(bytes, spare: body.capacity - body.count, shape: shape) }
        }
        return try decoded.get()
    }

    /// Decodes the answer to a batch in JSON.
    package func batch(_ body: [UInt8], shape: RowShape) throws(DecodeError) -> [DecodedPart] {
        try withMemory(for: shape) { memory throws(DecodeError) in
            var parts: UnsafePointer<csj_part>?
            var count: Int64 = 0
            var arena: UnsafePointer<UInt8>?
            let status = body.withUnsafeBytes { bytes in
                csj_decode_batch(memory.pointer, bytes.bytes, body.count, body.capacity, &parts, &count, &arena)
            }
            try DecodeError.check(status)
            return UnsafeBufferPointer(start: parts, count: Int(count)).map { DecodedPart($0, arena: arena) }
        }
    }

    private func withMemory<Result>(
        for shape: RowShape,
        _ body: (DecoderMemory) throws(DecodeError) -> Result
    ) throws(DecodeError) -> Result {
        guard let memory = idle.withLock({ $0.popLast() }) ?? DecoderMemory() else { throw .outOfMemory }
        defer { idle.withLock { $0.append(memory) } }
        let status = csj_use_shape(
            memory.pointer,
            shape.names,
            shape.names.count,
            shape.layout.fields.count,
            shape.idField,
            shape.idField.count,
            shape.optionMarks
        )
        try DecodeError.check(status)
        return try body(memory)
    }
}

/// The memory of one decoding thread, kept for the next body because large pages need much of it.
private final class DecoderMemory: @unchecked Sendable {
    let pointer: OpaquePointer

    init?() {
        guard let pointer = csj_decoder_create() else { return nil }
        self.pointer = pointer
    }

    deinit { csj_decoder_destroy(pointer) }
}

extension UnsafeRawBufferPointer {
    fileprivate var bytes: UnsafePointer<UInt8>? { baseAddress?.assumingMemoryBound(to: UInt8.self) }
}
