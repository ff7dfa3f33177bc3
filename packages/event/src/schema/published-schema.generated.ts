// Made from the schema by generated.test.ts; do not edit.
export const schema: unknown = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:tidemark:audit-event:v1",
  "type": "object",
  "properties": {
    "specVersion": {
      "description": "Version of this format; default `1.0`.",
      "type": "string",
      "const": "1.0"
    },
    "id": {
      "description": "UUIDv7; the idempotency key. Without one, a repeated delivery is a second event.",
      "type": "string",
      "pattern": "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$",
      "title": "UUIDv7"
    },
    "time": {
      "description": "When it happened, RFC 3339, at most nanoseconds. Default: the time in `id`, else the server clock.",
      "type": "string",
      "format": "date-time"
    },
    "action": {
      "type": "string",
      "maxLength": 128,
      "pattern": "^[a-z][a-z0-9_]*(\\.[a-z0-9_]+){1,4}$",
      "description": "Noun before verb: `auth.login`, `role.update`."
    },
    "category": {
      "description": "Default from the action catalogue.",
      "type": "string",
      "enum": [
        "authentication",
        "access_control",
        "data_access",
        "data_change",
        "configuration",
        "change_management",
        "system",
        "security",
        "financial",
        "privacy",
        "business_process",
        "administration"
      ]
    },
    "level": {
      "description": "Default from the outcome: denied warn, failure error, success info.",
      "type": "string",
      "enum": [
        "debug",
        "info",
        "warn",
        "error",
        "critical"
      ]
    },
    "outcome": {
      "type": "string",
      "enum": [
        "success",
        "failure",
        "denied"
      ],
      "description": "`denied` when a rule forbade it, `failure` when it went wrong."
    },
    "error": {
      "type": "object",
      "properties": {
        "code": {
          "description": "Machine-readable cause of a failure or denial.",
          "type": "string",
          "minLength": 1,
          "maxLength": 64
        },
        "message": {
          "description": "What went wrong, in words.",
          "type": "string",
          "minLength": 1,
          "maxLength": 1024
        }
      },
      "additionalProperties": false
    },
    "actor": {
      "$ref": "#/$defs/Actor"
    },
    "onBehalfOf": {
      "description": "Impersonation and delegation, effective principal first.",
      "maxItems": 5,
      "type": "array",
      "items": {
        "$ref": "#/$defs/Actor"
      }
    },
    "resource": {
      "$ref": "#/$defs/Resource"
    },
    "targets": {
      "description": "Further resources of the same act.",
      "maxItems": 20,
      "type": "array",
      "items": {
        "$ref": "#/$defs/Resource"
      }
    },
    "source": {
      "type": "object",
      "properties": {
        "service": {
          "description": "The application or system that made the entry; default `audit`.",
          "type": "string",
          "minLength": 1,
          "maxLength": 128
        },
        "environment": {
          "description": "For example `production`.",
          "type": "string",
          "minLength": 1,
          "maxLength": 64
        },
        "version": {
          "description": "Version of the service.",
          "type": "string",
          "minLength": 1,
          "maxLength": 128
        },
        "host": {
          "description": "The machine it ran on.",
          "type": "string",
          "minLength": 1,
          "maxLength": 255
        },
        "instance": {
          "description": "One running copy of the service; numbers its own `sequence`.",
          "type": "string",
          "minLength": 1,
          "maxLength": 255
        },
        "sequence": {
          "description": "Counts up by one per event of this instance, so that gaps show.",
          "type": "integer",
          "minimum": 0,
          "maximum": 9007199254740991
        },
        "origin": {
          "description": "How the event came in.",
          "type": "string",
          "enum": [
            "sdk",
            "http",
            "otlp",
            "syslog",
            "collector",
            "import"
          ]
        }
      },
      "additionalProperties": false
    },
    "session": {
      "type": "object",
      "properties": {
        "id": {
          "type": "string",
          "minLength": 1,
          "maxLength": 256,
          "description": "Ties together what happened in one session."
        }
      },
      "required": [
        "id"
      ],
      "additionalProperties": false
    },
    "request": {
      "type": "object",
      "properties": {
        "id": {
          "type": "string",
          "minLength": 1,
          "maxLength": 256,
          "description": "Ties together what one request caused."
        }
      },
      "required": [
        "id"
      ],
      "additionalProperties": false
    },
    "trace": {
      "type": "object",
      "properties": {
        "traceId": {
          "type": "string",
          "pattern": "^[0-9a-fA-F]{32}$",
          "title": "32 hex digits",
          "description": "W3C trace id, 32 hexadecimal digits."
        },
        "spanId": {
          "description": "W3C span id, 16 hexadecimal digits.",
          "type": "string",
          "pattern": "^[0-9a-fA-F]{16}$",
          "title": "16 hex digits"
        }
      },
      "required": [
        "traceId"
      ],
      "additionalProperties": false
    },
    "clock": {
      "type": "object",
      "properties": {
        "synced": {
          "description": "Whether the clock was synchronised.",
          "type": "boolean"
        },
        "source": {
          "description": "For example `ntp`, `ptp`, `chrony`.",
          "type": "string",
          "minLength": 1,
          "maxLength": 64
        },
        "offsetMs": {
          "description": "Producer clock minus reference, in milliseconds.",
          "type": "number"
        }
      },
      "additionalProperties": false
    },
    "message": {
      "description": "One readable line; default `AUDIT: <action>`; at most 8 KiB.",
      "type": "string",
      "minLength": 1,
      "maxLength": 8192
    },
    "details": {
      "description": "Anything else; at most 32 KiB and 8 levels deep.",
      "type": "object"
    },
    "change": {
      "type": "object",
      "properties": {
        "previous": {
          "description": "The state before; absent for something new. At most 32 levels deep.",
          "type": "object"
        },
        "next": {
          "description": "The state after; absent for something deleted. At most 32 levels deep.",
          "type": "object"
        },
        "changedFields": {
          "description": "Default: the members in which the two states differ.",
          "maxItems": 1024,
          "type": "array",
          "items": {
            "type": "string",
            "minLength": 1,
            "maxLength": 256
          }
        }
      },
      "additionalProperties": false
    },
    "approval": {
      "type": "object",
      "properties": {
        "required": {
          "description": "Whether the act needed one.",
          "type": "boolean"
        },
        "status": {
          "description": "For example `pending`, `approved`, `rejected`.",
          "type": "string",
          "minLength": 1,
          "maxLength": 64
        },
        "requestId": {
          "description": "The request it answers.",
          "type": "string",
          "minLength": 1,
          "maxLength": 256
        },
        "reason": {
          "description": "Why it was asked for.",
          "type": "string",
          "minLength": 1,
          "maxLength": 1024
        },
        "breakGlass": {
          "description": "Emergency access that skipped the approval.",
          "type": "boolean"
        },
        "chain": {
          "description": "Oldest decision first.",
          "maxItems": 20,
          "type": "array",
          "items": {
            "type": "object",
            "properties": {
              "approver": {
                "type": "string",
                "minLength": 1,
                "maxLength": 256,
                "description": "Actor id; never the one who asked."
              },
              "decision": {
                "type": "string",
                "minLength": 1,
                "maxLength": 64,
                "description": "For example `approved`, `rejected`, `escalated`."
              },
              "at": {
                "description": "When, RFC 3339.",
                "type": "string",
                "format": "date-time"
              },
              "comment": {
                "description": "What they said about it.",
                "type": "string",
                "minLength": 1,
                "maxLength": 1024
              }
            },
            "required": [
              "approver",
              "decision"
            ],
            "additionalProperties": false
          }
        }
      },
      "additionalProperties": false
    },
    "business": {
      "type": "object",
      "properties": {
        "department": {
          "description": "The department it was done for.",
          "type": "string",
          "minLength": 1,
          "maxLength": 256
        },
        "project": {
          "description": "The project it was done for.",
          "type": "string",
          "minLength": 1,
          "maxLength": 256
        },
        "function": {
          "description": "The business function, such as `billing`.",
          "type": "string",
          "minLength": 1,
          "maxLength": 256
        },
        "customerId": {
          "description": "The customer it was about.",
          "type": "string",
          "minLength": 1,
          "maxLength": 256
        },
        "ticket": {
          "description": "The ticket or change it belongs to.",
          "type": "string",
          "minLength": 1,
          "maxLength": 256
        }
      },
      "additionalProperties": false
    },
    "labels": {
      "description": "Up to 20 short pairs of your own to search by.",
      "type": "object",
      "propertyNames": {
        "type": "string",
        "minLength": 1,
        "maxLength": 64
      },
      "additionalProperties": {
        "type": "string",
        "maxLength": 256
      },
      "maxProperties": 20
    },
    "client": {
      "type": "object",
      "properties": {
        "ip": {
          "description": "IPv4 or IPv6; stored in its shortest form, without port and zone.",
          "type": "string",
          "minLength": 1,
          "maxLength": 64
        },
        "forwardedFor": {
          "description": "The X-Forwarded-For chain as received.",
          "maxItems": 20,
          "type": "array",
          "items": {
            "type": "string",
            "minLength": 1,
            "maxLength": 256
          }
        },
        "userAgent": {
          "description": "As the client sent it; the device is read from it.",
          "type": "string",
          "minLength": 1,
          "maxLength": 1024
        }
      },
      "additionalProperties": false
    }
  },
  "required": [
    "action",
    "outcome",
    "actor",
    "resource"
  ],
  "additionalProperties": false,
  "title": "Tidemark audit event, version 1",
  "description": "Who did what, to which resource, when, from where, and how it ended; as a producer sends it.",
  "$defs": {
    "Actor": {
      "type": "object",
      "properties": {
        "id": {
          "type": "string",
          "minLength": 1,
          "maxLength": 256,
          "description": "Stable identifier of who acted; `unknown` when nobody was authenticated."
        },
        "type": {
          "description": "Default `user`, or `anonymous` when the id is `unknown`.",
          "type": "string",
          "enum": [
            "user",
            "service",
            "system",
            "api_key",
            "agent",
            "anonymous"
          ]
        },
        "role": {
          "description": "The role in force at the time of the act.",
          "type": "string",
          "minLength": 1,
          "maxLength": 256
        },
        "roles": {
          "description": "All roles in force, when there are several.",
          "maxItems": 64,
          "type": "array",
          "items": {
            "type": "string",
            "minLength": 1,
            "maxLength": 256
          }
        },
        "email": {
          "description": "For a failed sign-in: the address that was tried.",
          "type": "string",
          "minLength": 1,
          "maxLength": 320
        },
        "name": {
          "description": "The name people know them by.",
          "type": "string",
          "minLength": 1,
          "maxLength": 256
        },
        "department": {
          "description": "Where they worked at the time.",
          "type": "string",
          "minLength": 1,
          "maxLength": 256
        },
        "status": {
          "description": "For example `active`, `contractor`, `leaver`.",
          "type": "string",
          "minLength": 1,
          "maxLength": 64
        }
      },
      "required": [
        "id"
      ],
      "additionalProperties": false
    },
    "Resource": {
      "type": "object",
      "properties": {
        "type": {
          "type": "string",
          "minLength": 1,
          "maxLength": 64,
          "description": "What kind of thing: `user`, `invoice`, `role`."
        },
        "id": {
          "type": "string",
          "minLength": 1,
          "maxLength": 256,
          "description": "`N/A`, `list` and `unknown` are allowed when there is no single one."
        },
        "name": {
          "description": "What people call it.",
          "type": "string",
          "minLength": 1,
          "maxLength": 256
        },
        "owner": {
          "description": "Who answers for it.",
          "type": "string",
          "minLength": 1,
          "maxLength": 256
        },
        "classification": {
          "description": "For example `public`, `internal`, `confidential`, `restricted`.",
          "type": "string",
          "minLength": 1,
          "maxLength": 64
        }
      },
      "required": [
        "type",
        "id"
      ],
      "additionalProperties": false
    }
  }
}
