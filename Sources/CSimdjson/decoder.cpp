#include <new>

#include "rows.hpp"

struct csj_decoder {
    Structure structure;
    RowReader reader;
    Growing<uint64_t> ids;
    Growing<uint8_t> kinds;
    Growing<uint8_t> rows;
    Growing<int64_t> rowEnds;
    Growing<uint8_t> versions;
    Growing<int64_t> versionEnds;
    Growing<csj_part> parts;
    Growing<uint8_t> arena;
    Growing<uint8_t> unescaped;
};

static const csj_range none = {0, -1};

static void clear(csj_decoder &decoder) {
    decoder.ids.size = 0;
    decoder.kinds.size = 0;
    decoder.rows.size = 0;
    decoder.rowEnds.size = 0;
    decoder.versions.size = 0;
    decoder.versionEnds.size = 0;
    decoder.parts.size = 0;
    decoder.arena.size = 0;
}

/// Finds the tokens of a document that must be an object.
static csj_status beginObject(csj_decoder &decoder, const uint8_t *bytes, size_t length, size_t capacity) {
    csj_status status = decoder.structure.scan(bytes, length, capacity);
    if (status != CSJ_OK) { return status; }
    switch (decoder.structure.peek()) {
    case '{': return CSJ_OK;
    case '[': return CSJ_UNEXPECTED;
    default: return CSJ_DAMAGED;
    }
}

static csj_status keep(csj_decoder &decoder, Bytes bytes, csj_range &range) {
    range = csj_range{int64_t(decoder.arena.size), int64_t(bytes.length)};
    return decoder.arena.append(bytes.start, bytes.length) ? CSJ_OK : CSJ_NO_MEMORY;
}

/// Steps over a value and keeps it when it is text; other values leave the range empty.
static csj_status keepText(csj_decoder &decoder, csj_range &range) {
    Bytes content;
    if (decoder.structure.peek() != '"') { return decoder.structure.skipValue() ? CSJ_OK : CSJ_DAMAGED; }
    if (!decoder.structure.takeString(content)) { return CSJ_DAMAGED; }
    decoder.unescaped.size = 0;
    if (!decoder.unescaped.reserve(content.length)) { return CSJ_NO_MEMORY; }
    int64_t length = unescape(content, decoder.unescaped.elements);
    if (length < 0) { return CSJ_DAMAGED; }
    return keep(decoder, Bytes{decoder.unescaped.elements, size_t(length)}, range);
}

/// Steps over an object, handing each property's name to `each`, which steps over the value.
template <typename Each> static csj_status properties(Structure &structure, Each each) {
    if (!structure.take('{')) { return CSJ_DAMAGED; }
    if (structure.take('}')) { return CSJ_OK; }
    do {
        Bytes name;
        if (!structure.takeString(name) || !structure.take(':')) { return CSJ_DAMAGED; }
        csj_status status = each(name);
        if (status != CSJ_OK) { return status; }
    } while (structure.take(','));
    return structure.take('}') ? CSJ_OK : CSJ_DAMAGED;
}

/// Steps over an array, calling `each` at every element.
template <typename Each> static csj_status elements(Structure &structure, Each each) {
    if (!structure.take('[')) { return CSJ_UNEXPECTED; }
    if (structure.take(']')) { return CSJ_OK; }
    do {
        if (structure.peek() != '{') { return structure.atEnd() ? CSJ_DAMAGED : CSJ_UNEXPECTED; }
        csj_status status = each();
        if (status != CSJ_OK) { return status; }
    } while (structure.take(','));
    return structure.take(']') ? CSJ_OK : CSJ_DAMAGED;
}

static csj_status skip(Structure &structure) { return structure.skipValue() ? CSJ_OK : CSJ_DAMAGED; }

static csj_status readRow(csj_decoder &decoder, size_t length) {
    Found found;
    csj_status status = decoder.reader.read(decoder.structure, length, found);
    if (status != CSJ_OK) { return status; }
    if (!found.hasID && decoder.reader.needsID()) { return CSJ_NO_ID; }
    status = decoder.reader.write(decoder.rows);
    if (status != CSJ_OK) { return status; }
    bool kept = decoder.ids.append(found.high) && decoder.ids.append(found.low) &&
                decoder.kinds.append(found.isTombstone ? 1 : 0) &&
                decoder.rowEnds.append(int64_t(decoder.rows.size)) &&
                decoder.versions.append(found.version.start, found.version.length) &&
                decoder.versionEnds.append(int64_t(decoder.versions.size));
    return kept ? CSJ_OK : CSJ_NO_MEMORY;
}

static csj_status decodePage(csj_decoder &decoder, const uint8_t *bytes, size_t length, size_t capacity,
                             csj_page &page) {
    clear(decoder);
    page = csj_page{};
    page.next_link = none;
    page.delta_link = none;
    csj_status status = beginObject(decoder, bytes, length, capacity);
    if (status != CSJ_OK) { return status; }
    bool hasRows = false;
    status = properties(decoder.structure, [&](Bytes name) {
        if (name.is("value", 5)) {
            hasRows = true;
            return elements(decoder.structure, [&] { return readRow(decoder, length); });
        }
        if (name.is("@odata.nextLink", 15)) { return keepText(decoder, page.next_link); }
        if (name.is("@odata.deltaLink", 16)) { return keepText(decoder, page.delta_link); }
        return skip(decoder.structure);
    });
    if (status != CSJ_OK) { return status; }
    if (!decoder.structure.atEnd()) { return CSJ_DAMAGED; }
    if (!hasRows) { return CSJ_UNEXPECTED; }
    page.row_count = int64_t(decoder.kinds.size);
    page.ids = decoder.ids.elements;
    page.kinds = decoder.kinds.elements;
    page.rows = decoder.rows.elements;
    page.rows_length = int64_t(decoder.rows.size);
    page.row_ends = decoder.rowEnds.elements;
    page.versions = decoder.versions.elements;
    page.versions_length = int64_t(decoder.versions.size);
    page.version_ends = decoder.versionEnds.elements;
    page.arena = decoder.arena.elements;
    return CSJ_OK;
}

static csj_part emptyPart() {
    csj_part part{};
    part.name = none;
    part.row = none;
    part.version = none;
    part.error_code = none;
    part.error_message = none;
    part.retry_after = none;
    return part;
}

static csj_status readPart(csj_decoder &decoder, size_t length, csj_part &part) {
    Found found;
    csj_status status = decoder.reader.read(decoder.structure, length, found);
    if (status != CSJ_OK) { return status; }
    part.has_row = 1;
    part.has_id = found.hasID ? 1 : 0;
    part.id_high = found.high;
    part.id_low = found.low;
    size_t start = decoder.arena.size;
    status = decoder.reader.write(decoder.arena);
    if (status != CSJ_OK) { return status; }
    part.row = csj_range{int64_t(start), int64_t(decoder.arena.size - start)};
    if (found.version.start != nullptr) { status = keep(decoder, found.version, part.version); }
    if (status == CSJ_OK && found.errorCode.start != nullptr) {
        status = keep(decoder, found.errorCode, part.error_code);
    }
    if (status == CSJ_OK && found.errorMessage.start != nullptr) {
        status = keep(decoder, found.errorMessage, part.error_message);
    }
    return status;
}

static bool isRetryAfter(Bytes name) {
    static const char wanted[] = "retry-after";
    if (name.length != 11) { return false; }
    for (size_t i = 0; i < 11; i++) {
        uint8_t byte = name.start[i];
        if (byte >= 'A' && byte <= 'Z') { byte = uint8_t(byte + 32); }
        if (byte != uint8_t(wanted[i])) { return false; }
    }
    return true;
}

static csj_status readStatus(csj_decoder &decoder, csj_part &part) {
    if (decoder.structure.atEnd()) { return CSJ_DAMAGED; }
    Bytes token = decoder.structure.token();
    if (token.length != 3) { return CSJ_UNEXPECTED; }
    int32_t status = 0;
    for (size_t i = 0; i < token.length; i++) {
        if (token.start[i] < '0' || token.start[i] > '9') { return CSJ_UNEXPECTED; }
        status = status * 10 + (token.start[i] - '0');
    }
    part.status = status;
    decoder.structure.advance();
    return CSJ_OK;
}

static csj_status readResponse(csj_decoder &decoder, size_t length) {
    csj_part part = emptyPart();
    Structure &structure = decoder.structure;
    csj_status status = properties(structure, [&](Bytes name) {
        if (name.is("id", 2)) { return keepText(decoder, part.name); }
        if (name.is("status", 6)) { return readStatus(decoder, part); }
        if (name.is("body", 4) && structure.peek() == '{') { return readPart(decoder, length, part); }
        if (name.is("headers", 7) && structure.peek() == '{') {
            return properties(structure, [&](Bytes header) {
                return isRetryAfter(header) ? keepText(decoder, part.retry_after) : skip(structure);
            });
        }
        return skip(structure);
    });
    if (status != CSJ_OK) { return status; }
    return decoder.parts.append(part) ? CSJ_OK : CSJ_NO_MEMORY;
}

static csj_status decodeBatch(csj_decoder &decoder, const uint8_t *bytes, size_t length, size_t capacity) {
    clear(decoder);
    csj_status status = beginObject(decoder, bytes, length, capacity);
    if (status != CSJ_OK) { return status; }
    bool hasResponses = false;
    status = properties(decoder.structure, [&](Bytes name) {
        if (!name.is("responses", 9)) { return skip(decoder.structure); }
        hasResponses = true;
        return elements(decoder.structure, [&] { return readResponse(decoder, length); });
    });
    if (status != CSJ_OK) { return status; }
    if (!decoder.structure.atEnd()) { return CSJ_DAMAGED; }
    return hasResponses ? CSJ_OK : CSJ_UNEXPECTED;
}

// Nothing may be thrown across C: the strings of a shape are the only memory here that throws.

csj_decoder *csj_decoder_create(void) { return new (std::nothrow) csj_decoder(); }

void csj_decoder_destroy(csj_decoder *decoder) { delete decoder; }

csj_status csj_use_shape(csj_decoder *decoder, const uint8_t *names, size_t names_length, size_t field_count,
                         const uint8_t *id_field, size_t id_field_length, const uint8_t *options) {
    try {
        decoder->reader.use(names, names_length, field_count, id_field, id_field_length, options);
        return CSJ_OK;
    } catch (...) { return CSJ_NO_MEMORY; }
}

csj_status csj_decode_page(csj_decoder *decoder, const uint8_t *bytes, size_t length, size_t capacity,
                           csj_page *page) {
    try {
        return decodePage(*decoder, bytes, length, capacity, *page);
    } catch (...) { return CSJ_NO_MEMORY; }
}

csj_status csj_decode_object(csj_decoder *decoder, const uint8_t *bytes, size_t length, size_t capacity,
                             csj_part *part, const uint8_t **arena) {
    try {
        clear(*decoder);
        *part = emptyPart();
        csj_status status = beginObject(*decoder, bytes, length, capacity);
        if (status != CSJ_OK) { return status; }
        status = readPart(*decoder, length, *part);
        if (status != CSJ_OK) { return status; }
        *arena = decoder->arena.elements;
        return decoder->structure.atEnd() ? CSJ_OK : CSJ_DAMAGED;
    } catch (...) { return CSJ_NO_MEMORY; }
}

csj_status csj_decode_batch(csj_decoder *decoder, const uint8_t *bytes, size_t length, size_t capacity,
                            const csj_part **parts, int64_t *count, const uint8_t **arena) {
    try {
        csj_status status = decodeBatch(*decoder, bytes, length, capacity);
        *parts = decoder->parts.elements;
        *count = int64_t(decoder->parts.size);
        *arena = decoder->arena.elements;
        return status;
    } catch (...) { return CSJ_NO_MEMORY; }
}
