#include "structure.hpp"

#include <new>

csj_status Structure::scan(const uint8_t *bytes, size_t length, size_t capacity) {
    position = 0;
    count = 0;
    if (length == 0) { return CSJ_DAMAGED; }
    if (length >= simdjson::SIMDJSON_MAXSIZE_BYTES - simdjson::SIMDJSON_PADDING) { return CSJ_TOO_LARGE; }
    if (capacity < length + simdjson::SIMDJSON_PADDING) {
        if (copyCapacity < length + simdjson::SIMDJSON_PADDING) {
            copyCapacity = length + length / 4 + simdjson::SIMDJSON_PADDING;
            copy.reset(new (std::nothrow) uint8_t[copyCapacity]);
            if (!copy) {
                copyCapacity = 0;
                return CSJ_NO_MEMORY;
            }
        }
        memcpy(copy.get(), bytes, length);
        memset(copy.get() + length, ' ', simdjson::SIMDJSON_PADDING);
        bytes = copy.get();
    }
    if (!parser || parser->capacity() < length) {
        size_t wanted = length + length / 4 + 4096;
        parser.reset();
        auto created =
            simdjson::get_active_implementation()->create_dom_parser_implementation(wanted, 64, parser);
        if (created != simdjson::SUCCESS || !parser) { return CSJ_NO_MEMORY; }
    }
    if (parser->stage1(bytes, length, simdjson::stage1_mode::regular) != simdjson::SUCCESS) { return CSJ_DAMAGED; }
    document = bytes;
    documentLength = length;
    starts = parser->structural_indexes.get();
    count = parser->n_structural_indexes;
    // Positions beyond the document would only come from a defect of the scan; no token may start there.
    while (count > 0 && starts[count - 1] >= length) { count--; }
    return count > 0 ? CSJ_OK : CSJ_DAMAGED;
}

bool Structure::skipValue() {
    size_t depth = 0;
    while (position < count) {
        switch (document[starts[position]]) {
        case '{':
        case '[':
            depth++;
            break;
        case '}':
        case ']':
            if (depth == 0) { return false; }
            depth--;
            break;
        case ',':
        case ':':
            if (depth == 0) { return false; }
            break;
        default:
            break;
        }
        position++;
        if (depth == 0) { return true; }
    }
    return false;
}
