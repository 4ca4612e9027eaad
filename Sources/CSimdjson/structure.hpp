// The structural characters of one document, found by simdjson, and a walk over them.
//
// simdjson's first stage checks UTF-8, finds the start of every token outside strings, and refuses unclosed strings.
// The second stage would turn numbers into doubles; rows keep the digits, so the walk here reads tokens as they stand.

#ifndef COUPLET_STRUCTURE_HPP
#define COUPLET_STRUCTURE_HPP

#include <cstdint>
#include <cstring>
#include <memory>
#include <simdjson.h>

#include "csimdjson.h"

struct Bytes {
    const uint8_t *start;
    size_t length;

    bool is(const char *text, size_t textLength) const {
        return length == textLength && memcmp(start, text, textLength) == 0;
    }
};

class Structure {
  public:
    /// Finds the tokens of a document; memory is kept for the next one.
    csj_status scan(const uint8_t *bytes, size_t length, size_t capacity);

    bool atEnd() const { return position >= count; }
    uint8_t peek() const { return position < count ? document[starts[position]] : 0; }
    void advance() { position++; }

    /// Steps over a structural character; false when another is there.
    bool take(uint8_t character) {
        if (peek() != character) { return false; }
        position++;
        return true;
    }

    /// The present token without the white space after it.
    Bytes token() const {
        size_t start = starts[position];
        size_t end = position + 1 < count ? starts[position + 1] : documentLength;
        while (end > start && isSpace(document[end - 1])) { end--; }
        return Bytes{document + start, end - start};
    }

    /// Steps over a string and gives what is between its quotes, escapes included; false when there is none.
    bool takeString(Bytes &content) {
        if (peek() != '"') { return false; }
        Bytes whole = token();
        if (whole.length < 2 || whole.start[whole.length - 1] != '"') { return false; }
        content = Bytes{whole.start + 1, whole.length - 2};
        position++;
        return true;
    }

    /// Steps over a value of any kind; false when the document ends within it.
    bool skipValue();

  private:
    static bool isSpace(uint8_t byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

    std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
    std::unique_ptr<uint8_t[]> copy;
    size_t copyCapacity = 0;
    const uint8_t *document = nullptr;
    size_t documentLength = 0;
    const uint32_t *starts = nullptr;
    size_t count = 0;
    size_t position = 0;
};

#endif
