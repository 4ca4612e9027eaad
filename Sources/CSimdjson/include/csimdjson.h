/// Decodes the JSON answers of OData services into encoded rows.
///
/// A row is an entry of 32 bits little-endian a field, the tag in the upper 4 bits and the end offset of the field's
/// bytes in the lower 28, followed by the fields' bytes. Tags: 0 absent, 1 null, 2 false, 3 true, 4 number, 5 text.
///
/// A decoder is used by one thread at a time. What a call hands out stays valid until the next call with that decoder.
/// No call crashes on damaged input; it returns a status.

#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct csj_decoder csj_decoder;

typedef enum csj_status {
    /// Decoded.
    CSJ_OK = 0,
    /// The bytes are not JSON, or were cut off.
    CSJ_DAMAGED = 1,
    /// JSON, but not of the expected shape.
    CSJ_UNEXPECTED = 2,
    /// A row has no id that is a GUID.
    CSJ_NO_ID = 3,
    /// A row or the whole document is larger than the format can hold.
    CSJ_TOO_LARGE = 4,
    /// Memory ran out.
    CSJ_NO_MEMORY = 5
} csj_status;

/// A piece of the arena that a call hands out; the length is -1 when there is none.
typedef struct csj_range {
    int64_t offset;
    int64_t length;
} csj_range;

/// A page of rows in columns.
typedef struct csj_page {
    int64_t row_count;
    /// Two numbers a row: the first and the last eight bytes of the GUID.
    const uint64_t *ids;
    /// 0 for a record, 1 for a tombstone.
    const uint8_t *kinds;
    const uint8_t *rows;
    int64_t rows_length;
    const int64_t *row_ends;
    const uint8_t *versions;
    int64_t versions_length;
    const int64_t *version_ends;
    /// Where the two links lie in `arena`.
    csj_range next_link;
    csj_range delta_link;
    const uint8_t *arena;
} csj_page;

/// One object: an entity or an error, alone or as the body of one response of a batch.
typedef struct csj_part {
    /// The response's status; 0 when there was none.
    int32_t status;
    /// Whether there was an object with fields.
    int32_t has_row;
    /// Whether the id field held a GUID.
    int32_t has_id;
    uint64_t id_high;
    uint64_t id_low;
    /// The response's own id.
    csj_range name;
    csj_range row;
    csj_range version;
    /// The code and message of an OData error.
    csj_range error_code;
    csj_range error_message;
    /// The value of the response's Retry-After header.
    csj_range retry_after;
} csj_part;

/// Creates a decoder; NULL when memory ran out.
csj_decoder *csj_decoder_create(void);

/// Frees a decoder.
void csj_decoder_destroy(csj_decoder *decoder);

/// Sets the fields of the rows: their names, each ended by a zero byte, and the name of the id field; where that is
/// empty, rows need no id and have one of zeros.
/// `options` has a byte a field: where it is not zero, text of exactly one blank becomes `_x0020_`.
csj_status csj_use_shape(csj_decoder *decoder, const uint8_t *names, size_t names_length, size_t field_count,
                         const uint8_t *id_field, size_t id_field_length, const uint8_t *options);

/// Decodes `{"value":[…],"@odata.nextLink":…,"@odata.deltaLink":…}`.
/// `capacity` is how many bytes may be read at `bytes`; the document is copied when fewer than 64 are spare.
csj_status csj_decode_page(csj_decoder *decoder, const uint8_t *bytes, size_t length, size_t capacity, csj_page *page);

/// Decodes one entity, or `{"error":{"code":…,"message":…}}`.
csj_status csj_decode_object(csj_decoder *decoder, const uint8_t *bytes, size_t length, size_t capacity,
                             csj_part *part, const uint8_t **arena);

/// Decodes `{"responses":[{"id":…,"status":…,"headers":{…},"body":{…}}]}`.
csj_status csj_decode_batch(csj_decoder *decoder, const uint8_t *bytes, size_t length, size_t capacity,
                            const csj_part **parts, int64_t *count, const uint8_t **arena);

#ifdef __cplusplus
}
#endif

#endif
