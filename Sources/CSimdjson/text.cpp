#include "text.hpp"

// The value of every hexadecimal digit, and 0x80 for all other bytes: GUIDs are read once a row, so without branches.
struct HexTable {
    uint8_t values[256];
    constexpr HexTable() : values() {
        for (int byte = 0; byte < 256; byte++) {
            uint8_t value = 0x80;
            if (byte >= '0' && byte <= '9') { value = uint8_t(byte - '0'); }
            if (byte >= 'a' && byte <= 'f') { value = uint8_t(byte - 'a' + 10); }
            if (byte >= 'A' && byte <= 'F') { value = uint8_t(byte - 'A' + 10); }
            values[byte] = value;
        }
    }
};

static constexpr HexTable hex;

/// Shifts the digits of a stretch into a number and collects the mark of wrong digits.
template <int count> static inline void shiftIn(const uint8_t *from, uint64_t &number, uint8_t &wrong) {
    for (int i = 0; i < count; i++) {
        uint8_t digit = hex.values[from[i]];
        wrong |= digit;
        number = number << 4 | (digit & 15);
    }
}

static int32_t fourDigits(const uint8_t *from, const uint8_t *end) {
    if (end - from < 4) { return -1; }
    uint64_t unit = 0;
    uint8_t wrong = 0;
    shiftIn<4>(from, unit, wrong);
    return (wrong & 0x80) != 0 ? -1 : int32_t(unit);
}

static uint8_t *writeUTF8(uint32_t code, uint8_t *to) {
    if (code < 0x80) {
        *to++ = uint8_t(code);
    } else if (code < 0x800) {
        *to++ = uint8_t(0xC0 | code >> 6);
        *to++ = uint8_t(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        *to++ = uint8_t(0xE0 | code >> 12);
        *to++ = uint8_t(0x80 | (code >> 6 & 0x3F));
        *to++ = uint8_t(0x80 | (code & 0x3F));
    } else {
        *to++ = uint8_t(0xF0 | code >> 18);
        *to++ = uint8_t(0x80 | (code >> 12 & 0x3F));
        *to++ = uint8_t(0x80 | (code >> 6 & 0x3F));
        *to++ = uint8_t(0x80 | (code & 0x3F));
    }
    return to;
}

/// Reads the four digits after `\u`, and the second half of a pair where there is one; false when digits are missing.
static bool readUnicode(const uint8_t *&from, const uint8_t *end, uint32_t &code) {
    int32_t first = fourDigits(from, end);
    if (first < 0) { return false; }
    from += 4;
    code = uint32_t(first);
    if (first < 0xD800 || first > 0xDFFF) { return true; }
    code = 0xFFFD;
    if (first > 0xDBFF || end - from < 6 || from[0] != '\\' || from[1] != 'u') { return true; }
    int32_t second = fourDigits(from + 2, end);
    if (second < 0xDC00 || second > 0xDFFF) { return true; }
    from += 6;
    code = 0x10000 + (uint32_t(first - 0xD800) << 10 | uint32_t(second - 0xDC00));
    return true;
}

int64_t unescape(Bytes content, uint8_t *to) {
    const uint8_t *from = content.start;
    const uint8_t *end = content.start + content.length;
    uint8_t *start = to;
    while (from < end) {
        auto *escape = static_cast<const uint8_t *>(memchr(from, '\\', size_t(end - from)));
        size_t plain = size_t((escape == nullptr ? end : escape) - from);
        memcpy(to, from, plain);
        to += plain;
        if (escape == nullptr) { break; }
        from = escape + 1;
        if (from == end) { return -1; }
        switch (*from++) {
        case '"': *to++ = '"'; break;
        case '\\': *to++ = '\\'; break;
        case '/': *to++ = '/'; break;
        case 'b': *to++ = '\b'; break;
        case 'f': *to++ = '\f'; break;
        case 'n': *to++ = '\n'; break;
        case 'r': *to++ = '\r'; break;
        case 't': *to++ = '\t'; break;
        case 'u': {
            uint32_t code = 0;
            if (!readUnicode(from, end, code)) { return -1; }
            to = writeUTF8(code, to);
            break;
        }
        default: return -1;
        }
    }
    return to - start;
}

static size_t digits(const uint8_t *&from, const uint8_t *end) {
    const uint8_t *start = from;
    while (from < end && *from >= '0' && *from <= '9') { from++; }
    return size_t(from - start);
}

bool isNumber(Bytes token) {
    const uint8_t *from = token.start;
    const uint8_t *end = token.start + token.length;
    if (from < end && *from == '-') { from++; }
    const uint8_t *whole = from;
    size_t count = digits(from, end);
    if (count == 0 || (count > 1 && *whole == '0')) { return false; }
    if (from < end && *from == '.') {
        from++;
        if (digits(from, end) == 0) { return false; }
    }
    if (from < end && (*from == 'e' || *from == 'E')) {
        from++;
        if (from < end && (*from == '+' || *from == '-')) { from++; }
        if (digits(from, end) == 0) { return false; }
    }
    return from == end;
}

bool readGUID(Bytes text, uint64_t &high, uint64_t &low) {
    const uint8_t *from = text.start;
    if (text.length != 36 || from[8] != '-' || from[13] != '-' || from[18] != '-' || from[23] != '-') { return false; }
    uint8_t wrong = 0;
    uint64_t first = 0;
    uint64_t second = 0;
    shiftIn<8>(from, first, wrong);
    shiftIn<4>(from + 9, first, wrong);
    shiftIn<4>(from + 14, first, wrong);
    shiftIn<4>(from + 19, second, wrong);
    shiftIn<12>(from + 24, second, wrong);
    high = first;
    low = second;
    return (wrong & 0x80) == 0;
}
