// @ts-nocheck
// Made from the schema by generated.test.ts; do not edit.
"use strict";export const validate=r;const R={$schema:"https://json-schema.org/draft/2020-12/schema",$id:"urn:tidemark:audit-event:v1",
type:"object",properties:{specVersion:{type:"string",const:"1.0"},id:{type:"string",pattern:"^[0-9a-fA-F]{8}-[0-9a-fA-F]\
{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$"},time:{type:"string",format:"date-time"},action:{type:"stri\
ng",maxLength:128,pattern:"^[a-z][a-z0-9_]*(\\.[a-z0-9_]+){1,4}$"},category:{type:"string",enum:["authentication","acces\
s_control","data_access","data_change","configuration","change_management","system","security","financial","privacy","bu\
siness_process","administration"]},level:{type:"string",enum:["debug","info","warn","error","critical"]},outcome:{type:"\
string",enum:["success","failure","denied"]},error:{type:"object",properties:{code:{type:"string",minLength:1,maxLength:64},
message:{type:"string",minLength:1,maxLength:1024}},additionalProperties:!1},actor:{$ref:"#/$defs/Actor"},onBehalfOf:{maxItems:5,
type:"array",items:{$ref:"#/$defs/Actor"}},resource:{$ref:"#/$defs/Resource"},targets:{maxItems:20,type:"array",items:{$ref:"\
#/$defs/Resource"}},source:{type:"object",properties:{service:{type:"string",minLength:1,maxLength:128},environment:{type:"\
string",minLength:1,maxLength:64},version:{type:"string",minLength:1,maxLength:128},host:{type:"string",minLength:1,maxLength:255},
instance:{type:"string",minLength:1,maxLength:255},sequence:{type:"integer",minimum:0,maximum:9007199254740991},origin:{
type:"string",enum:["sdk","http","otlp","syslog","collector","import"]}},additionalProperties:!1},session:{type:"object",
properties:{id:{type:"string",minLength:1,maxLength:256}},required:["id"],additionalProperties:!1},request:{type:"object",
properties:{id:{type:"string",minLength:1,maxLength:256}},required:["id"],additionalProperties:!1},trace:{type:"object",
properties:{traceId:{type:"string",pattern:"^[0-9a-fA-F]{32}$"},spanId:{type:"string",pattern:"^[0-9a-fA-F]{16}$"}},required:[
"traceId"],additionalProperties:!1},clock:{type:"object",properties:{synced:{type:"boolean"},source:{type:"string",minLength:1,
maxLength:64},offsetMs:{type:"number"}},additionalProperties:!1},message:{type:"string",minLength:1,maxLength:8192},details:{
type:"object"},change:{type:"object",properties:{previous:{type:"object"},next:{type:"object"},changedFields:{maxItems:1024,
type:"array",items:{type:"string",minLength:1,maxLength:256}}},additionalProperties:!1},approval:{type:"object",properties:{
required:{type:"boolean"},status:{type:"string",minLength:1,maxLength:64},requestId:{type:"string",minLength:1,maxLength:256},
reason:{type:"string",minLength:1,maxLength:1024},breakGlass:{type:"boolean"},chain:{maxItems:20,type:"array",items:{type:"\
object",properties:{approver:{type:"string",minLength:1,maxLength:256},decision:{type:"string",minLength:1,maxLength:64},
at:{type:"string",format:"date-time"},comment:{type:"string",minLength:1,maxLength:1024}},required:["approver","decision"],
additionalProperties:!1}}},additionalProperties:!1},business:{type:"object",properties:{department:{type:"string",minLength:1,
maxLength:256},project:{type:"string",minLength:1,maxLength:256},function:{type:"string",minLength:1,maxLength:256},customerId:{
type:"string",minLength:1,maxLength:256},ticket:{type:"string",minLength:1,maxLength:256}},additionalProperties:!1},labels:{
type:"object",propertyNames:{type:"string",minLength:1,maxLength:64},additionalProperties:{type:"string",maxLength:256},
maxProperties:20},client:{type:"object",properties:{ip:{type:"string",minLength:1,maxLength:64},forwardedFor:{maxItems:20,
type:"array",items:{type:"string",minLength:1,maxLength:256}},userAgent:{type:"string",minLength:1,maxLength:1024}},additionalProperties:!1}},
required:["action","outcome","actor","resource"],additionalProperties:!1,$defs:{Actor:{type:"object",properties:{id:{type:"\
string",minLength:1,maxLength:256},type:{type:"string",enum:["user","service","system","api_key","agent","anonymous"]},role:{
type:"string",minLength:1,maxLength:256},roles:{maxItems:64,type:"array",items:{type:"string",minLength:1,maxLength:256}},
email:{type:"string",minLength:1,maxLength:320},name:{type:"string",minLength:1,maxLength:256},department:{type:"string",
minLength:1,maxLength:256},status:{type:"string",minLength:1,maxLength:64}},required:["id"],additionalProperties:!1},Resource:{
type:"object",properties:{type:{type:"string",minLength:1,maxLength:64},id:{type:"string",minLength:1,maxLength:256},name:{
type:"string",minLength:1,maxLength:256},owner:{type:"string",minLength:1,maxLength:256},classification:{type:"string",minLength:1,
maxLength:64}},required:["type","id"],additionalProperties:!1}}},Q={type:"object",properties:{id:{type:"string",minLength:1,
maxLength:256},type:{type:"string",enum:["user","service","system","api_key","agent","anonymous"]},role:{type:"string",minLength:1,
maxLength:256},roles:{maxItems:64,type:"array",items:{type:"string",minLength:1,maxLength:256}},email:{type:"string",minLength:1,
maxLength:320},name:{type:"string",minLength:1,maxLength:256},department:{type:"string",minLength:1,maxLength:256},status:{
type:"string",minLength:1,maxLength:64}},required:["id"],additionalProperties:!1},ne={type:"object",properties:{type:{type:"\
string",minLength:1,maxLength:64},id:{type:"string",minLength:1,maxLength:256},name:{type:"string",minLength:1,maxLength:256},
owner:{type:"string",minLength:1,maxLength:256},classification:{type:"string",minLength:1,maxLength:64}},required:["type",
"id"],additionalProperties:!1},X=Object.prototype.hasOwnProperty,Y=new RegExp("^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-\
F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$","u"),Z=new RegExp("^[a-z][a-z0-9_]*(\\.[a-z0-9_]+){1,4}$","u"),ee=new RegExp(
"^[0-9a-fA-F]{32}$","u"),re=new RegExp("^[0-9a-fA-F]{16}$","u");function r(m,{instancePath:t="",parentData:te,parentDataProperty:se,
rootData:ae=m,dynamicAnchors:ie={}}={}){let x=null,e=0;const B=r.evaluated;if(B.dynamicProps&&(B.props=void 0),B.dynamicItems&&
(B.items=void 0),e===0)if(m&&typeof m=="object"&&!Array.isArray(m)){let F;if(m.action===void 0&&(F="action")||m.outcome===
void 0&&(F="outcome")||m.actor===void 0&&(F="actor")||m.resource===void 0&&(F="resource"))return r.errors=[{instancePath:t,
schemaPath:"#/required",keyword:"required",params:{missingProperty:F}}],!1;{const T=e;for(const a in m)if(!X.call(R.properties,
a)){return r.errors=[{instancePath:t,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:a}}],
!1;break}if(T===e){if(m.specVersion!==void 0){let a=m.specVersion;const l=e;if(typeof a!="string")return r.errors=[{instancePath:t+
"/specVersion",schemaPath:"#/properties/specVersion/type",keyword:"type",params:{type:"string"}}],!1;if(a!=="1.0")return r.
errors=[{instancePath:t+"/specVersion",schemaPath:"#/properties/specVersion/const",keyword:"const",params:{allowedValue:"\
1.0"}}],!1;var p=l===e}else var p=!0;if(p){if(m.id!==void 0){let a=m.id;const l=e;if(e===l)if(typeof a=="string"){if(!Y.
test(a))return r.errors=[{instancePath:t+"/id",schemaPath:"#/properties/id/pattern",keyword:"pattern",params:{pattern:"^\
[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$"}}],!1}else return r.errors=[{instancePath:t+
"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type:"string"}}],!1;var p=l===e}else var p=!0;if(p){if(m.
time!==void 0){const a=e;if(e===a&&e===a&&typeof m.time!="string")return r.errors=[{instancePath:t+"/time",schemaPath:"#\
/properties/time/type",keyword:"type",params:{type:"string"}}],!1;var p=a===e}else var p=!0;if(p){if(m.action!==void 0){
let a=m.action;const l=e;if(e===l)if(typeof a=="string"){if(a.length>128)return r.errors=[{instancePath:t+"/action",schemaPath:"\
#/properties/action/maxLength",keyword:"maxLength",params:{limit:128}}],!1;if(!Z.test(a))return r.errors=[{instancePath:t+
"/action",schemaPath:"#/properties/action/pattern",keyword:"pattern",params:{pattern:"^[a-z][a-z0-9_]*(\\.[a-z0-9_]+){1,4\
}$"}}],!1}else return r.errors=[{instancePath:t+"/action",schemaPath:"#/properties/action/type",keyword:"type",params:{type:"\
string"}}],!1;var p=l===e}else var p=!0;if(p){if(m.category!==void 0){let a=m.category;const l=e;if(typeof a!="string")return r.
errors=[{instancePath:t+"/category",schemaPath:"#/properties/category/type",keyword:"type",params:{type:"string"}}],!1;if(!(a===
"authentication"||a==="access_control"||a==="data_access"||a==="data_change"||a==="configuration"||a==="change_managemen\
t"||a==="system"||a==="security"||a==="financial"||a==="privacy"||a==="business_process"||a==="administration"))return r.
errors=[{instancePath:t+"/category",schemaPath:"#/properties/category/enum",keyword:"enum",params:{allowedValues:R.properties.
category.enum}}],!1;var p=l===e}else var p=!0;if(p){if(m.level!==void 0){let a=m.level;const l=e;if(typeof a!="string")return r.
errors=[{instancePath:t+"/level",schemaPath:"#/properties/level/type",keyword:"type",params:{type:"string"}}],!1;if(!(a===
"debug"||a==="info"||a==="warn"||a==="error"||a==="critical"))return r.errors=[{instancePath:t+"/level",schemaPath:"#/pr\
operties/level/enum",keyword:"enum",params:{allowedValues:R.properties.level.enum}}],!1;var p=l===e}else var p=!0;if(p){
if(m.outcome!==void 0){let a=m.outcome;const l=e;if(typeof a!="string")return r.errors=[{instancePath:t+"/outcome",schemaPath:"\
#/properties/outcome/type",keyword:"type",params:{type:"string"}}],!1;if(!(a==="success"||a==="failure"||a==="denied"))return r.
errors=[{instancePath:t+"/outcome",schemaPath:"#/properties/outcome/enum",keyword:"enum",params:{allowedValues:R.properties.
outcome.enum}}],!1;var p=l===e}else var p=!0;if(p){if(m.error!==void 0){let a=m.error;const l=e;if(e===l)if(a&&typeof a==
"object"&&!Array.isArray(a)){const c=e;for(const s in a)if(!(s==="code"||s==="message")){return r.errors=[{instancePath:t+
"/error",schemaPath:"#/properties/error/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:s}}],
!1;break}if(c===e){if(a.code!==void 0){let s=a.code;const i=e;if(e===i)if(typeof s=="string"){if(s.length>64)return r.errors=
[{instancePath:t+"/error/code",schemaPath:"#/properties/error/properties/code/maxLength",keyword:"maxLength",params:{limit:64}}],
!1;if(s.length<1)return r.errors=[{instancePath:t+"/error/code",schemaPath:"#/properties/error/properties/code/minLength",
keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/error/code",schemaPath:"#/properties/e\
rror/properties/code/type",keyword:"type",params:{type:"string"}}],!1;var O=i===e}else var O=!0;if(O)if(a.message!==void 0){
let s=a.message;const i=e;if(e===i)if(typeof s=="string"){if(s.length>1024)return r.errors=[{instancePath:t+"/error/mess\
age",schemaPath:"#/properties/error/properties/message/maxLength",keyword:"maxLength",params:{limit:1024}}],!1;if(s.length<
1)return r.errors=[{instancePath:t+"/error/message",schemaPath:"#/properties/error/properties/message/minLength",keyword:"\
minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/error/message",schemaPath:"#/properties/error/p\
roperties/message/type",keyword:"type",params:{type:"string"}}],!1;var O=i===e}else var O=!0}}else return r.errors=[{instancePath:t+
"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type:"object"}}],!1;var p=l===e}else var p=!0;if(p){
if(m.actor!==void 0){let a=m.actor;const l=e;if(e===e)if(a&&typeof a=="object"&&!Array.isArray(a)){let s;if(a.id===void 0&&
(s="id"))return r.errors=[{instancePath:t+"/actor",schemaPath:"#/$defs/Actor/required",keyword:"required",params:{missingProperty:s}}],
!1;{const i=e;for(const n in a)if(!(n==="id"||n==="type"||n==="role"||n==="roles"||n==="email"||n==="name"||n==="departm\
ent"||n==="status")){return r.errors=[{instancePath:t+"/actor",schemaPath:"#/$defs/Actor/additionalProperties",keyword:"\
additionalProperties",params:{additionalProperty:n}}],!1;break}if(i===e){if(a.id!==void 0){let n=a.id;const f=e;if(e===f)
if(typeof n=="string"){if(n.length>256)return r.errors=[{instancePath:t+"/actor/id",schemaPath:"#/$defs/Actor/properties\
/id/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(n.length<1)return r.errors=[{instancePath:t+"/actor/id",schemaPath:"\
#/$defs/Actor/properties/id/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"\
/actor/id",schemaPath:"#/$defs/Actor/properties/id/type",keyword:"type",params:{type:"string"}}],!1;var g=f===e}else var g=!0;
if(g){if(a.type!==void 0){let n=a.type;const f=e;if(typeof n!="string")return r.errors=[{instancePath:t+"/actor/type",schemaPath:"\
#/$defs/Actor/properties/type/type",keyword:"type",params:{type:"string"}}],!1;if(!(n==="user"||n==="service"||n==="syst\
em"||n==="api_key"||n==="agent"||n==="anonymous"))return r.errors=[{instancePath:t+"/actor/type",schemaPath:"#/$defs/Act\
or/properties/type/enum",keyword:"enum",params:{allowedValues:Q.properties.type.enum}}],!1;var g=f===e}else var g=!0;if(g){
if(a.role!==void 0){let n=a.role;const f=e;if(e===f)if(typeof n=="string"){if(n.length>256)return r.errors=[{instancePath:t+
"/actor/role",schemaPath:"#/$defs/Actor/properties/role/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(n.length<
1)return r.errors=[{instancePath:t+"/actor/role",schemaPath:"#/$defs/Actor/properties/role/minLength",keyword:"minLength",
params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/actor/role",schemaPath:"#/$defs/Actor/properties/role/type",
keyword:"type",params:{type:"string"}}],!1;var g=f===e}else var g=!0;if(g){if(a.roles!==void 0){let n=a.roles;const f=e;
if(e===f)if(Array.isArray(n)){if(n.length>64)return r.errors=[{instancePath:t+"/actor/roles",schemaPath:"#/$defs/Actor/p\
roperties/roles/maxItems",keyword:"maxItems",params:{limit:64}}],!1;{var z=!0;const h=n.length;for(let P=0;P<h;P++){let o=n[P];
const d=e;if(e===d)if(typeof o=="string"){if(o.length>256)return r.errors=[{instancePath:t+"/actor/roles/"+P,schemaPath:"\
#/$defs/Actor/properties/roles/items/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(o.length<1)return r.errors=
[{instancePath:t+"/actor/roles/"+P,schemaPath:"#/$defs/Actor/properties/roles/items/minLength",keyword:"minLength",params:{
limit:1}}],!1}else return r.errors=[{instancePath:t+"/actor/roles/"+P,schemaPath:"#/$defs/Actor/properties/roles/items/t\
ype",keyword:"type",params:{type:"string"}}],!1;var z=d===e;if(!z)break}}}else return r.errors=[{instancePath:t+"/actor/\
roles",schemaPath:"#/$defs/Actor/properties/roles/type",keyword:"type",params:{type:"array"}}],!1;var g=f===e}else var g=!0;
if(g){if(a.email!==void 0){let n=a.email;const f=e;if(e===f)if(typeof n=="string"){if(n.length>320)return r.errors=[{instancePath:t+
"/actor/email",schemaPath:"#/$defs/Actor/properties/email/maxLength",keyword:"maxLength",params:{limit:320}}],!1;if(n.length<
1)return r.errors=[{instancePath:t+"/actor/email",schemaPath:"#/$defs/Actor/properties/email/minLength",keyword:"minLeng\
th",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/actor/email",schemaPath:"#/$defs/Actor/properties/emai\
l/type",keyword:"type",params:{type:"string"}}],!1;var g=f===e}else var g=!0;if(g){if(a.name!==void 0){let n=a.name;const f=e;
if(e===f)if(typeof n=="string"){if(n.length>256)return r.errors=[{instancePath:t+"/actor/name",schemaPath:"#/$defs/Actor\
/properties/name/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(n.length<1)return r.errors=[{instancePath:t+"\
/actor/name",schemaPath:"#/$defs/Actor/properties/name/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.
errors=[{instancePath:t+"/actor/name",schemaPath:"#/$defs/Actor/properties/name/type",keyword:"type",params:{type:"strin\
g"}}],!1;var g=f===e}else var g=!0;if(g){if(a.department!==void 0){let n=a.department;const f=e;if(e===f)if(typeof n=="s\
tring"){if(n.length>256)return r.errors=[{instancePath:t+"/actor/department",schemaPath:"#/$defs/Actor/properties/depart\
ment/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(n.length<1)return r.errors=[{instancePath:t+"/actor/depar\
tment",schemaPath:"#/$defs/Actor/properties/department/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.
errors=[{instancePath:t+"/actor/department",schemaPath:"#/$defs/Actor/properties/department/type",keyword:"type",params:{
type:"string"}}],!1;var g=f===e}else var g=!0;if(g)if(a.status!==void 0){let n=a.status;const f=e;if(e===f)if(typeof n==
"string"){if(n.length>64)return r.errors=[{instancePath:t+"/actor/status",schemaPath:"#/$defs/Actor/properties/status/ma\
xLength",keyword:"maxLength",params:{limit:64}}],!1;if(n.length<1)return r.errors=[{instancePath:t+"/actor/status",schemaPath:"\
#/$defs/Actor/properties/status/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+
"/actor/status",schemaPath:"#/$defs/Actor/properties/status/type",keyword:"type",params:{type:"string"}}],!1;var g=f===e}else
var g=!0}}}}}}}}}else return r.errors=[{instancePath:t+"/actor",schemaPath:"#/$defs/Actor/type",keyword:"type",params:{type:"\
object"}}],!1;var p=l===e}else var p=!0;if(p){if(m.onBehalfOf!==void 0){let a=m.onBehalfOf;const l=e;if(e===l)if(Array.isArray(
a)){if(a.length>5)return r.errors=[{instancePath:t+"/onBehalfOf",schemaPath:"#/properties/onBehalfOf/maxItems",keyword:"\
maxItems",params:{limit:5}}],!1;{var G=!0;const c=a.length;for(let s=0;s<c;s++){let i=a[s];const n=e;if(e===e)if(i&&typeof i==
"object"&&!Array.isArray(i)){let h;if(i.id===void 0&&(h="id"))return r.errors=[{instancePath:t+"/onBehalfOf/"+s,schemaPath:"\
#/$defs/Actor/required",keyword:"required",params:{missingProperty:h}}],!1;{const P=e;for(const o in i)if(!(o==="id"||o===
"type"||o==="role"||o==="roles"||o==="email"||o==="name"||o==="department"||o==="status")){return r.errors=[{instancePath:t+
"/onBehalfOf/"+s,schemaPath:"#/$defs/Actor/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:o}}],
!1;break}if(P===e){if(i.id!==void 0){let o=i.id;const d=e;if(e===d)if(typeof o=="string"){if(o.length>256)return r.errors=
[{instancePath:t+"/onBehalfOf/"+s+"/id",schemaPath:"#/$defs/Actor/properties/id/maxLength",keyword:"maxLength",params:{limit:256}}],
!1;if(o.length<1)return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/id",schemaPath:"#/$defs/Actor/properties/id/minLeng\
th",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/id",schemaPath:"#\
/$defs/Actor/properties/id/type",keyword:"type",params:{type:"string"}}],!1;var v=d===e}else var v=!0;if(v){if(i.type!==
void 0){let o=i.type;const d=e;if(typeof o!="string")return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/type",schemaPath:"\
#/$defs/Actor/properties/type/type",keyword:"type",params:{type:"string"}}],!1;if(!(o==="user"||o==="service"||o==="syst\
em"||o==="api_key"||o==="agent"||o==="anonymous"))return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/type",schemaPath:"\
#/$defs/Actor/properties/type/enum",keyword:"enum",params:{allowedValues:Q.properties.type.enum}}],!1;var v=d===e}else var v=!0;
if(v){if(i.role!==void 0){let o=i.role;const d=e;if(e===d)if(typeof o=="string"){if(o.length>256)return r.errors=[{instancePath:t+
"/onBehalfOf/"+s+"/role",schemaPath:"#/$defs/Actor/properties/role/maxLength",keyword:"maxLength",params:{limit:256}}],!1;
if(o.length<1)return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/role",schemaPath:"#/$defs/Actor/properties/role/minLen\
gth",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/role",schemaPath:"\
#/$defs/Actor/properties/role/type",keyword:"type",params:{type:"string"}}],!1;var v=d===e}else var v=!0;if(v){if(i.roles!==
void 0){let o=i.roles;const d=e;if(e===d)if(Array.isArray(o)){if(o.length>64)return r.errors=[{instancePath:t+"/onBehalf\
Of/"+s+"/roles",schemaPath:"#/$defs/Actor/properties/roles/maxItems",keyword:"maxItems",params:{limit:64}}],!1;{var M=!0;
const u=o.length;for(let w=0;w<u;w++){let V=o[w];const K=e;if(e===K)if(typeof V=="string"){if(V.length>256)return r.errors=
[{instancePath:t+"/onBehalfOf/"+s+"/roles/"+w,schemaPath:"#/$defs/Actor/properties/roles/items/maxLength",keyword:"maxLe\
ngth",params:{limit:256}}],!1;if(V.length<1)return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/roles/"+w,schemaPath:"#/\
$defs/Actor/properties/roles/items/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+
"/onBehalfOf/"+s+"/roles/"+w,schemaPath:"#/$defs/Actor/properties/roles/items/type",keyword:"type",params:{type:"string"}}],
!1;var M=K===e;if(!M)break}}}else return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/roles",schemaPath:"#/$defs/Actor/p\
roperties/roles/type",keyword:"type",params:{type:"array"}}],!1;var v=d===e}else var v=!0;if(v){if(i.email!==void 0){let o=i.
email;const d=e;if(e===d)if(typeof o=="string"){if(o.length>320)return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/emai\
l",schemaPath:"#/$defs/Actor/properties/email/maxLength",keyword:"maxLength",params:{limit:320}}],!1;if(o.length<1)return r.
errors=[{instancePath:t+"/onBehalfOf/"+s+"/email",schemaPath:"#/$defs/Actor/properties/email/minLength",keyword:"minLeng\
th",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/email",schemaPath:"#/$defs/Actor/prop\
erties/email/type",keyword:"type",params:{type:"string"}}],!1;var v=d===e}else var v=!0;if(v){if(i.name!==void 0){let o=i.
name;const d=e;if(e===d)if(typeof o=="string"){if(o.length>256)return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/name",
schemaPath:"#/$defs/Actor/properties/name/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(o.length<1)return r.
errors=[{instancePath:t+"/onBehalfOf/"+s+"/name",schemaPath:"#/$defs/Actor/properties/name/minLength",keyword:"minLength",
params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/name",schemaPath:"#/$defs/Actor/propertie\
s/name/type",keyword:"type",params:{type:"string"}}],!1;var v=d===e}else var v=!0;if(v){if(i.department!==void 0){let o=i.
department;const d=e;if(e===d)if(typeof o=="string"){if(o.length>256)return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"\
/department",schemaPath:"#/$defs/Actor/properties/department/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(o.
length<1)return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/department",schemaPath:"#/$defs/Actor/properties/department\
/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/departmen\
t",schemaPath:"#/$defs/Actor/properties/department/type",keyword:"type",params:{type:"string"}}],!1;var v=d===e}else var v=!0;
if(v)if(i.status!==void 0){let o=i.status;const d=e;if(e===d)if(typeof o=="string"){if(o.length>64)return r.errors=[{instancePath:t+
"/onBehalfOf/"+s+"/status",schemaPath:"#/$defs/Actor/properties/status/maxLength",keyword:"maxLength",params:{limit:64}}],
!1;if(o.length<1)return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/status",schemaPath:"#/$defs/Actor/properties/status\
/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/onBehalfOf/"+s+"/status",schemaPath:"\
#/$defs/Actor/properties/status/type",keyword:"type",params:{type:"string"}}],!1;var v=d===e}else var v=!0}}}}}}}}}else return r.
errors=[{instancePath:t+"/onBehalfOf/"+s,schemaPath:"#/$defs/Actor/type",keyword:"type",params:{type:"object"}}],!1;var G=n===
e;if(!G)break}}}else return r.errors=[{instancePath:t+"/onBehalfOf",schemaPath:"#/properties/onBehalfOf/type",keyword:"t\
ype",params:{type:"array"}}],!1;var p=l===e}else var p=!0;if(p){if(m.resource!==void 0){let a=m.resource;const l=e;if(e===
e)if(a&&typeof a=="object"&&!Array.isArray(a)){let s;if(a.type===void 0&&(s="type")||a.id===void 0&&(s="id"))return r.errors=
[{instancePath:t+"/resource",schemaPath:"#/$defs/Resource/required",keyword:"required",params:{missingProperty:s}}],!1;{
const i=e;for(const n in a)if(!(n==="type"||n==="id"||n==="name"||n==="owner"||n==="classification")){return r.errors=[{
instancePath:t+"/resource",schemaPath:"#/$defs/Resource/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:n}}],
!1;break}if(i===e){if(a.type!==void 0){let n=a.type;const f=e;if(e===f)if(typeof n=="string"){if(n.length>64)return r.errors=
[{instancePath:t+"/resource/type",schemaPath:"#/$defs/Resource/properties/type/maxLength",keyword:"maxLength",params:{limit:64}}],
!1;if(n.length<1)return r.errors=[{instancePath:t+"/resource/type",schemaPath:"#/$defs/Resource/properties/type/minLengt\
h",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/resource/type",schemaPath:"#/$defs/\
Resource/properties/type/type",keyword:"type",params:{type:"string"}}],!1;var b=f===e}else var b=!0;if(b){if(a.id!==void 0){
let n=a.id;const f=e;if(e===f)if(typeof n=="string"){if(n.length>256)return r.errors=[{instancePath:t+"/resource/id",schemaPath:"\
#/$defs/Resource/properties/id/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(n.length<1)return r.errors=[{instancePath:t+
"/resource/id",schemaPath:"#/$defs/Resource/properties/id/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.
errors=[{instancePath:t+"/resource/id",schemaPath:"#/$defs/Resource/properties/id/type",keyword:"type",params:{type:"str\
ing"}}],!1;var b=f===e}else var b=!0;if(b){if(a.name!==void 0){let n=a.name;const f=e;if(e===f)if(typeof n=="string"){if(n.
length>256)return r.errors=[{instancePath:t+"/resource/name",schemaPath:"#/$defs/Resource/properties/name/maxLength",keyword:"\
maxLength",params:{limit:256}}],!1;if(n.length<1)return r.errors=[{instancePath:t+"/resource/name",schemaPath:"#/$defs/R\
esource/properties/name/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/res\
ource/name",schemaPath:"#/$defs/Resource/properties/name/type",keyword:"type",params:{type:"string"}}],!1;var b=f===e}else
var b=!0;if(b){if(a.owner!==void 0){let n=a.owner;const f=e;if(e===f)if(typeof n=="string"){if(n.length>256)return r.errors=
[{instancePath:t+"/resource/owner",schemaPath:"#/$defs/Resource/properties/owner/maxLength",keyword:"maxLength",params:{
limit:256}}],!1;if(n.length<1)return r.errors=[{instancePath:t+"/resource/owner",schemaPath:"#/$defs/Resource/properties\
/owner/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/resource/owner",schemaPath:"\
#/$defs/Resource/properties/owner/type",keyword:"type",params:{type:"string"}}],!1;var b=f===e}else var b=!0;if(b)if(a.classification!==
void 0){let n=a.classification;const f=e;if(e===f)if(typeof n=="string"){if(n.length>64)return r.errors=[{instancePath:t+
"/resource/classification",schemaPath:"#/$defs/Resource/properties/classification/maxLength",keyword:"maxLength",params:{
limit:64}}],!1;if(n.length<1)return r.errors=[{instancePath:t+"/resource/classification",schemaPath:"#/$defs/Resource/pr\
operties/classification/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/res\
ource/classification",schemaPath:"#/$defs/Resource/properties/classification/type",keyword:"type",params:{type:"string"}}],
!1;var b=f===e}else var b=!0}}}}}}else return r.errors=[{instancePath:t+"/resource",schemaPath:"#/$defs/Resource/type",keyword:"\
type",params:{type:"object"}}],!1;var p=l===e}else var p=!0;if(p){if(m.targets!==void 0){let a=m.targets;const l=e;if(e===
l)if(Array.isArray(a)){if(a.length>20)return r.errors=[{instancePath:t+"/targets",schemaPath:"#/properties/targets/maxIt\
ems",keyword:"maxItems",params:{limit:20}}],!1;{var E=!0;const c=a.length;for(let s=0;s<c;s++){let i=a[s];const n=e;if(e===
e)if(i&&typeof i=="object"&&!Array.isArray(i)){let h;if(i.type===void 0&&(h="type")||i.id===void 0&&(h="id"))return r.errors=
[{instancePath:t+"/targets/"+s,schemaPath:"#/$defs/Resource/required",keyword:"required",params:{missingProperty:h}}],!1;
{const P=e;for(const o in i)if(!(o==="type"||o==="id"||o==="name"||o==="owner"||o==="classification")){return r.errors=[
{instancePath:t+"/targets/"+s,schemaPath:"#/$defs/Resource/additionalProperties",keyword:"additionalProperties",params:{
additionalProperty:o}}],!1;break}if(P===e){if(i.type!==void 0){let o=i.type;const d=e;if(e===d)if(typeof o=="string"){if(o.
length>64)return r.errors=[{instancePath:t+"/targets/"+s+"/type",schemaPath:"#/$defs/Resource/properties/type/maxLength",
keyword:"maxLength",params:{limit:64}}],!1;if(o.length<1)return r.errors=[{instancePath:t+"/targets/"+s+"/type",schemaPath:"\
#/$defs/Resource/properties/type/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+
"/targets/"+s+"/type",schemaPath:"#/$defs/Resource/properties/type/type",keyword:"type",params:{type:"string"}}],!1;var A=d===
e}else var A=!0;if(A){if(i.id!==void 0){let o=i.id;const d=e;if(e===d)if(typeof o=="string"){if(o.length>256)return r.errors=
[{instancePath:t+"/targets/"+s+"/id",schemaPath:"#/$defs/Resource/properties/id/maxLength",keyword:"maxLength",params:{limit:256}}],
!1;if(o.length<1)return r.errors=[{instancePath:t+"/targets/"+s+"/id",schemaPath:"#/$defs/Resource/properties/id/minLeng\
th",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/targets/"+s+"/id",schemaPath:"#/$d\
efs/Resource/properties/id/type",keyword:"type",params:{type:"string"}}],!1;var A=d===e}else var A=!0;if(A){if(i.name!==
void 0){let o=i.name;const d=e;if(e===d)if(typeof o=="string"){if(o.length>256)return r.errors=[{instancePath:t+"/target\
s/"+s+"/name",schemaPath:"#/$defs/Resource/properties/name/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(o.length<
1)return r.errors=[{instancePath:t+"/targets/"+s+"/name",schemaPath:"#/$defs/Resource/properties/name/minLength",keyword:"\
minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/targets/"+s+"/name",schemaPath:"#/$defs/Resourc\
e/properties/name/type",keyword:"type",params:{type:"string"}}],!1;var A=d===e}else var A=!0;if(A){if(i.owner!==void 0){
let o=i.owner;const d=e;if(e===d)if(typeof o=="string"){if(o.length>256)return r.errors=[{instancePath:t+"/targets/"+s+"\
/owner",schemaPath:"#/$defs/Resource/properties/owner/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(o.length<
1)return r.errors=[{instancePath:t+"/targets/"+s+"/owner",schemaPath:"#/$defs/Resource/properties/owner/minLength",keyword:"\
minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/targets/"+s+"/owner",schemaPath:"#/$defs/Resour\
ce/properties/owner/type",keyword:"type",params:{type:"string"}}],!1;var A=d===e}else var A=!0;if(A)if(i.classification!==
void 0){let o=i.classification;const d=e;if(e===d)if(typeof o=="string"){if(o.length>64)return r.errors=[{instancePath:t+
"/targets/"+s+"/classification",schemaPath:"#/$defs/Resource/properties/classification/maxLength",keyword:"maxLength",params:{
limit:64}}],!1;if(o.length<1)return r.errors=[{instancePath:t+"/targets/"+s+"/classification",schemaPath:"#/$defs/Resour\
ce/properties/classification/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+
"/targets/"+s+"/classification",schemaPath:"#/$defs/Resource/properties/classification/type",keyword:"type",params:{type:"\
string"}}],!1;var A=d===e}else var A=!0}}}}}}else return r.errors=[{instancePath:t+"/targets/"+s,schemaPath:"#/$defs/Res\
ource/type",keyword:"type",params:{type:"object"}}],!1;var E=n===e;if(!E)break}}}else return r.errors=[{instancePath:t+"\
/targets",schemaPath:"#/properties/targets/type",keyword:"type",params:{type:"array"}}],!1;var p=l===e}else var p=!0;if(p){
if(m.source!==void 0){let a=m.source;const l=e;if(e===l)if(a&&typeof a=="object"&&!Array.isArray(a)){const c=e;for(const s in a)
if(!(s==="service"||s==="environment"||s==="version"||s==="host"||s==="instance"||s==="sequence"||s==="origin")){return r.
errors=[{instancePath:t+"/source",schemaPath:"#/properties/source/additionalProperties",keyword:"additionalProperties",params:{
additionalProperty:s}}],!1;break}if(c===e){if(a.service!==void 0){let s=a.service;const i=e;if(e===i)if(typeof s=="strin\
g"){if(s.length>128)return r.errors=[{instancePath:t+"/source/service",schemaPath:"#/properties/source/properties/servic\
e/maxLength",keyword:"maxLength",params:{limit:128}}],!1;if(s.length<1)return r.errors=[{instancePath:t+"/source/service",
schemaPath:"#/properties/source/properties/service/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=
[{instancePath:t+"/source/service",schemaPath:"#/properties/source/properties/service/type",keyword:"type",params:{type:"\
string"}}],!1;var k=i===e}else var k=!0;if(k){if(a.environment!==void 0){let s=a.environment;const i=e;if(e===i)if(typeof s==
"string"){if(s.length>64)return r.errors=[{instancePath:t+"/source/environment",schemaPath:"#/properties/source/properti\
es/environment/maxLength",keyword:"maxLength",params:{limit:64}}],!1;if(s.length<1)return r.errors=[{instancePath:t+"/so\
urce/environment",schemaPath:"#/properties/source/properties/environment/minLength",keyword:"minLength",params:{limit:1}}],
!1}else return r.errors=[{instancePath:t+"/source/environment",schemaPath:"#/properties/source/properties/environment/ty\
pe",keyword:"type",params:{type:"string"}}],!1;var k=i===e}else var k=!0;if(k){if(a.version!==void 0){let s=a.version;const i=e;
if(e===i)if(typeof s=="string"){if(s.length>128)return r.errors=[{instancePath:t+"/source/version",schemaPath:"#/propert\
ies/source/properties/version/maxLength",keyword:"maxLength",params:{limit:128}}],!1;if(s.length<1)return r.errors=[{instancePath:t+
"/source/version",schemaPath:"#/properties/source/properties/version/minLength",keyword:"minLength",params:{limit:1}}],!1}else
return r.errors=[{instancePath:t+"/source/version",schemaPath:"#/properties/source/properties/version/type",keyword:"typ\
e",params:{type:"string"}}],!1;var k=i===e}else var k=!0;if(k){if(a.host!==void 0){let s=a.host;const i=e;if(e===i)if(typeof s==
"string"){if(s.length>255)return r.errors=[{instancePath:t+"/source/host",schemaPath:"#/properties/source/properties/hos\
t/maxLength",keyword:"maxLength",params:{limit:255}}],!1;if(s.length<1)return r.errors=[{instancePath:t+"/source/host",schemaPath:"\
#/properties/source/properties/host/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+
"/source/host",schemaPath:"#/properties/source/properties/host/type",keyword:"type",params:{type:"string"}}],!1;var k=i===
e}else var k=!0;if(k){if(a.instance!==void 0){let s=a.instance;const i=e;if(e===i)if(typeof s=="string"){if(s.length>255)
return r.errors=[{instancePath:t+"/source/instance",schemaPath:"#/properties/source/properties/instance/maxLength",keyword:"\
maxLength",params:{limit:255}}],!1;if(s.length<1)return r.errors=[{instancePath:t+"/source/instance",schemaPath:"#/prope\
rties/source/properties/instance/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+
"/source/instance",schemaPath:"#/properties/source/properties/instance/type",keyword:"type",params:{type:"string"}}],!1;
var k=i===e}else var k=!0;if(k){if(a.sequence!==void 0){let s=a.sequence;const i=e;if(!(typeof s=="number"&&!(s%1)&&!isNaN(
s)))return r.errors=[{instancePath:t+"/source/sequence",schemaPath:"#/properties/source/properties/sequence/type",keyword:"\
type",params:{type:"integer"}}],!1;if(e===i&&typeof s=="number"){if(s>9007199254740991||isNaN(s))return r.errors=[{instancePath:t+
"/source/sequence",schemaPath:"#/properties/source/properties/sequence/maximum",keyword:"maximum",params:{comparison:"<=",
limit:9007199254740991}}],!1;if(s<0||isNaN(s))return r.errors=[{instancePath:t+"/source/sequence",schemaPath:"#/properti\
es/source/properties/sequence/minimum",keyword:"minimum",params:{comparison:">=",limit:0}}],!1}var k=i===e}else var k=!0;
if(k)if(a.origin!==void 0){let s=a.origin;const i=e;if(typeof s!="string")return r.errors=[{instancePath:t+"/source/orig\
in",schemaPath:"#/properties/source/properties/origin/type",keyword:"type",params:{type:"string"}}],!1;if(!(s==="sdk"||s===
"http"||s==="otlp"||s==="syslog"||s==="collector"||s==="import"))return r.errors=[{instancePath:t+"/source/origin",schemaPath:"\
#/properties/source/properties/origin/enum",keyword:"enum",params:{allowedValues:R.properties.source.properties.origin.enum}}],
!1;var k=i===e}else var k=!0}}}}}}}else return r.errors=[{instancePath:t+"/source",schemaPath:"#/properties/source/type",
keyword:"type",params:{type:"object"}}],!1;var p=l===e}else var p=!0;if(p){if(m.session!==void 0){let a=m.session;const l=e;
if(e===l)if(a&&typeof a=="object"&&!Array.isArray(a)){let c;if(a.id===void 0&&(c="id"))return r.errors=[{instancePath:t+
"/session",schemaPath:"#/properties/session/required",keyword:"required",params:{missingProperty:c}}],!1;{const s=e;for(const i in a)
if(i!=="id"){return r.errors=[{instancePath:t+"/session",schemaPath:"#/properties/session/additionalProperties",keyword:"\
additionalProperties",params:{additionalProperty:i}}],!1;break}if(s===e&&a.id!==void 0){let i=a.id;if(e===e)if(typeof i==
"string"){if(i.length>256)return r.errors=[{instancePath:t+"/session/id",schemaPath:"#/properties/session/properties/id/\
maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(i.length<1)return r.errors=[{instancePath:t+"/session/id",schemaPath:"\
#/properties/session/properties/id/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+
"/session/id",schemaPath:"#/properties/session/properties/id/type",keyword:"type",params:{type:"string"}}],!1}}}else return r.
errors=[{instancePath:t+"/session",schemaPath:"#/properties/session/type",keyword:"type",params:{type:"object"}}],!1;var p=l===
e}else var p=!0;if(p){if(m.request!==void 0){let a=m.request;const l=e;if(e===l)if(a&&typeof a=="object"&&!Array.isArray(
a)){let c;if(a.id===void 0&&(c="id"))return r.errors=[{instancePath:t+"/request",schemaPath:"#/properties/request/requir\
ed",keyword:"required",params:{missingProperty:c}}],!1;{const s=e;for(const i in a)if(i!=="id"){return r.errors=[{instancePath:t+
"/request",schemaPath:"#/properties/request/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:i}}],
!1;break}if(s===e&&a.id!==void 0){let i=a.id;if(e===e)if(typeof i=="string"){if(i.length>256)return r.errors=[{instancePath:t+
"/request/id",schemaPath:"#/properties/request/properties/id/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(i.
length<1)return r.errors=[{instancePath:t+"/request/id",schemaPath:"#/properties/request/properties/id/minLength",keyword:"\
minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/request/id",schemaPath:"#/properties/request/pr\
operties/id/type",keyword:"type",params:{type:"string"}}],!1}}}else return r.errors=[{instancePath:t+"/request",schemaPath:"\
#/properties/request/type",keyword:"type",params:{type:"object"}}],!1;var p=l===e}else var p=!0;if(p){if(m.trace!==void 0){
let a=m.trace;const l=e;if(e===l)if(a&&typeof a=="object"&&!Array.isArray(a)){let c;if(a.traceId===void 0&&(c="traceId"))
return r.errors=[{instancePath:t+"/trace",schemaPath:"#/properties/trace/required",keyword:"required",params:{missingProperty:c}}],
!1;{const s=e;for(const i in a)if(!(i==="traceId"||i==="spanId")){return r.errors=[{instancePath:t+"/trace",schemaPath:"\
#/properties/trace/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:i}}],!1;break}if(s===
e){if(a.traceId!==void 0){let i=a.traceId;const n=e;if(e===n)if(typeof i=="string"){if(!ee.test(i))return r.errors=[{instancePath:t+
"/trace/traceId",schemaPath:"#/properties/trace/properties/traceId/pattern",keyword:"pattern",params:{pattern:"^[0-9a-fA\
-F]{32}$"}}],!1}else return r.errors=[{instancePath:t+"/trace/traceId",schemaPath:"#/properties/trace/properties/traceId\
/type",keyword:"type",params:{type:"string"}}],!1;var N=n===e}else var N=!0;if(N)if(a.spanId!==void 0){let i=a.spanId;const n=e;
if(e===n)if(typeof i=="string"){if(!re.test(i))return r.errors=[{instancePath:t+"/trace/spanId",schemaPath:"#/properties\
/trace/properties/spanId/pattern",keyword:"pattern",params:{pattern:"^[0-9a-fA-F]{16}$"}}],!1}else return r.errors=[{instancePath:t+
"/trace/spanId",schemaPath:"#/properties/trace/properties/spanId/type",keyword:"type",params:{type:"string"}}],!1;var N=n===
e}else var N=!0}}}else return r.errors=[{instancePath:t+"/trace",schemaPath:"#/properties/trace/type",keyword:"type",params:{
type:"object"}}],!1;var p=l===e}else var p=!0;if(p){if(m.clock!==void 0){let a=m.clock;const l=e;if(e===l)if(a&&typeof a==
"object"&&!Array.isArray(a)){const c=e;for(const s in a)if(!(s==="synced"||s==="source"||s==="offsetMs")){return r.errors=
[{instancePath:t+"/clock",schemaPath:"#/properties/clock/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:s}}],
!1;break}if(c===e){if(a.synced!==void 0){const s=e;if(typeof a.synced!="boolean")return r.errors=[{instancePath:t+"/cloc\
k/synced",schemaPath:"#/properties/clock/properties/synced/type",keyword:"type",params:{type:"boolean"}}],!1;var j=s===e}else
var j=!0;if(j){if(a.source!==void 0){let s=a.source;const i=e;if(e===i)if(typeof s=="string"){if(s.length>64)return r.errors=
[{instancePath:t+"/clock/source",schemaPath:"#/properties/clock/properties/source/maxLength",keyword:"maxLength",params:{
limit:64}}],!1;if(s.length<1)return r.errors=[{instancePath:t+"/clock/source",schemaPath:"#/properties/clock/properties/\
source/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/clock/source",schemaPath:"\
#/properties/clock/properties/source/type",keyword:"type",params:{type:"string"}}],!1;var j=i===e}else var j=!0;if(j)if(a.
offsetMs!==void 0){const s=e;if(typeof a.offsetMs!="number")return r.errors=[{instancePath:t+"/clock/offsetMs",schemaPath:"\
#/properties/clock/properties/offsetMs/type",keyword:"type",params:{type:"number"}}],!1;var j=s===e}else var j=!0}}}else
return r.errors=[{instancePath:t+"/clock",schemaPath:"#/properties/clock/type",keyword:"type",params:{type:"object"}}],!1;
var p=l===e}else var p=!0;if(p){if(m.message!==void 0){let a=m.message;const l=e;if(e===l)if(typeof a=="string"){if(a.length>
8192)return r.errors=[{instancePath:t+"/message",schemaPath:"#/properties/message/maxLength",keyword:"maxLength",params:{
limit:8192}}],!1;if(a.length<1)return r.errors=[{instancePath:t+"/message",schemaPath:"#/properties/message/minLength",keyword:"\
minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/message",schemaPath:"#/properties/message/type",
keyword:"type",params:{type:"string"}}],!1;var p=l===e}else var p=!0;if(p){if(m.details!==void 0){let a=m.details;const l=e;
if(!(a&&typeof a=="object"&&!Array.isArray(a)))return r.errors=[{instancePath:t+"/details",schemaPath:"#/properties/deta\
ils/type",keyword:"type",params:{type:"object"}}],!1;var p=l===e}else var p=!0;if(p){if(m.change!==void 0){let a=m.change;
const l=e;if(e===l)if(a&&typeof a=="object"&&!Array.isArray(a)){const c=e;for(const s in a)if(!(s==="previous"||s==="nex\
t"||s==="changedFields")){return r.errors=[{instancePath:t+"/change",schemaPath:"#/properties/change/additionalPropertie\
s",keyword:"additionalProperties",params:{additionalProperty:s}}],!1;break}if(c===e){if(a.previous!==void 0){let s=a.previous;
const i=e;if(!(s&&typeof s=="object"&&!Array.isArray(s)))return r.errors=[{instancePath:t+"/change/previous",schemaPath:"\
#/properties/change/properties/previous/type",keyword:"type",params:{type:"object"}}],!1;var q=i===e}else var q=!0;if(q){
if(a.next!==void 0){let s=a.next;const i=e;if(!(s&&typeof s=="object"&&!Array.isArray(s)))return r.errors=[{instancePath:t+
"/change/next",schemaPath:"#/properties/change/properties/next/type",keyword:"type",params:{type:"object"}}],!1;var q=i===
e}else var q=!0;if(q)if(a.changedFields!==void 0){let s=a.changedFields;const i=e;if(e===i)if(Array.isArray(s)){if(s.length>
1024)return r.errors=[{instancePath:t+"/change/changedFields",schemaPath:"#/properties/change/properties/changedFields/m\
axItems",keyword:"maxItems",params:{limit:1024}}],!1;{var D=!0;const f=s.length;for(let y=0;y<f;y++){let h=s[y];const P=e;
if(e===P)if(typeof h=="string"){if(h.length>256)return r.errors=[{instancePath:t+"/change/changedFields/"+y,schemaPath:"\
#/properties/change/properties/changedFields/items/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(h.length<1)
return r.errors=[{instancePath:t+"/change/changedFields/"+y,schemaPath:"#/properties/change/properties/changedFields/ite\
ms/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/change/changedFields/"+y,
schemaPath:"#/properties/change/properties/changedFields/items/type",keyword:"type",params:{type:"string"}}],!1;var D=P===
e;if(!D)break}}}else return r.errors=[{instancePath:t+"/change/changedFields",schemaPath:"#/properties/change/properties\
/changedFields/type",keyword:"type",params:{type:"array"}}],!1;var q=i===e}else var q=!0}}}else return r.errors=[{instancePath:t+
"/change",schemaPath:"#/properties/change/type",keyword:"type",params:{type:"object"}}],!1;var p=l===e}else var p=!0;if(p){
if(m.approval!==void 0){let a=m.approval;const l=e;if(e===l)if(a&&typeof a=="object"&&!Array.isArray(a)){const c=e;for(const s in a)
if(!(s==="required"||s==="status"||s==="requestId"||s==="reason"||s==="breakGlass"||s==="chain")){return r.errors=[{instancePath:t+
"/approval",schemaPath:"#/properties/approval/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:s}}],
!1;break}if(c===e){if(a.required!==void 0){const s=e;if(typeof a.required!="boolean")return r.errors=[{instancePath:t+"/\
approval/required",schemaPath:"#/properties/approval/properties/required/type",keyword:"type",params:{type:"boolean"}}],
!1;var L=s===e}else var L=!0;if(L){if(a.status!==void 0){let s=a.status;const i=e;if(e===i)if(typeof s=="string"){if(s.length>
64)return r.errors=[{instancePath:t+"/approval/status",schemaPath:"#/properties/approval/properties/status/maxLength",keyword:"\
maxLength",params:{limit:64}}],!1;if(s.length<1)return r.errors=[{instancePath:t+"/approval/status",schemaPath:"#/proper\
ties/approval/properties/status/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+
"/approval/status",schemaPath:"#/properties/approval/properties/status/type",keyword:"type",params:{type:"string"}}],!1;
var L=i===e}else var L=!0;if(L){if(a.requestId!==void 0){let s=a.requestId;const i=e;if(e===i)if(typeof s=="string"){if(s.
length>256)return r.errors=[{instancePath:t+"/approval/requestId",schemaPath:"#/properties/approval/properties/requestId\
/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(s.length<1)return r.errors=[{instancePath:t+"/approval/reques\
tId",schemaPath:"#/properties/approval/properties/requestId/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.
errors=[{instancePath:t+"/approval/requestId",schemaPath:"#/properties/approval/properties/requestId/type",keyword:"type",
params:{type:"string"}}],!1;var L=i===e}else var L=!0;if(L){if(a.reason!==void 0){let s=a.reason;const i=e;if(e===i)if(typeof s==
"string"){if(s.length>1024)return r.errors=[{instancePath:t+"/approval/reason",schemaPath:"#/properties/approval/propert\
ies/reason/maxLength",keyword:"maxLength",params:{limit:1024}}],!1;if(s.length<1)return r.errors=[{instancePath:t+"/appr\
oval/reason",schemaPath:"#/properties/approval/properties/reason/minLength",keyword:"minLength",params:{limit:1}}],!1}else
return r.errors=[{instancePath:t+"/approval/reason",schemaPath:"#/properties/approval/properties/reason/type",keyword:"t\
ype",params:{type:"string"}}],!1;var L=i===e}else var L=!0;if(L){if(a.breakGlass!==void 0){const s=e;if(typeof a.breakGlass!=
"boolean")return r.errors=[{instancePath:t+"/approval/breakGlass",schemaPath:"#/properties/approval/properties/breakGlas\
s/type",keyword:"type",params:{type:"boolean"}}],!1;var L=s===e}else var L=!0;if(L)if(a.chain!==void 0){let s=a.chain;const i=e;
if(e===i)if(Array.isArray(s)){if(s.length>20)return r.errors=[{instancePath:t+"/approval/chain",schemaPath:"#/properties\
/approval/properties/chain/maxItems",keyword:"maxItems",params:{limit:20}}],!1;{var C=!0;const f=s.length;for(let y=0;y<
f;y++){let h=s[y];const P=e;if(e===P)if(h&&typeof h=="object"&&!Array.isArray(h)){let d;if(h.approver===void 0&&(d="appr\
over")||h.decision===void 0&&(d="decision"))return r.errors=[{instancePath:t+"/approval/chain/"+y,schemaPath:"#/properti\
es/approval/properties/chain/items/required",keyword:"required",params:{missingProperty:d}}],!1;{const W=e;for(const u in h)
if(!(u==="approver"||u==="decision"||u==="at"||u==="comment")){return r.errors=[{instancePath:t+"/approval/chain/"+y,schemaPath:"\
#/properties/approval/properties/chain/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:u}}],
!1;break}if(W===e){if(h.approver!==void 0){let u=h.approver;const w=e;if(e===w)if(typeof u=="string"){if(u.length>256)return r.
errors=[{instancePath:t+"/approval/chain/"+y+"/approver",schemaPath:"#/properties/approval/properties/chain/items/proper\
ties/approver/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(u.length<1)return r.errors=[{instancePath:t+"/ap\
proval/chain/"+y+"/approver",schemaPath:"#/properties/approval/properties/chain/items/properties/approver/minLength",keyword:"\
minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/approval/chain/"+y+"/approver",schemaPath:"#/pr\
operties/approval/properties/chain/items/properties/approver/type",keyword:"type",params:{type:"string"}}],!1;var $=w===
e}else var $=!0;if($){if(h.decision!==void 0){let u=h.decision;const w=e;if(e===w)if(typeof u=="string"){if(u.length>64)
return r.errors=[{instancePath:t+"/approval/chain/"+y+"/decision",schemaPath:"#/properties/approval/properties/chain/ite\
ms/properties/decision/maxLength",keyword:"maxLength",params:{limit:64}}],!1;if(u.length<1)return r.errors=[{instancePath:t+
"/approval/chain/"+y+"/decision",schemaPath:"#/properties/approval/properties/chain/items/properties/decision/minLength",
keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/approval/chain/"+y+"/decision",schemaPath:"\
#/properties/approval/properties/chain/items/properties/decision/type",keyword:"type",params:{type:"string"}}],!1;var $=w===
e}else var $=!0;if($){if(h.at!==void 0){const u=e;if(e===u&&e===u&&typeof h.at!="string")return r.errors=[{instancePath:t+
"/approval/chain/"+y+"/at",schemaPath:"#/properties/approval/properties/chain/items/properties/at/type",keyword:"type",params:{
type:"string"}}],!1;var $=u===e}else var $=!0;if($)if(h.comment!==void 0){let u=h.comment;const w=e;if(e===w)if(typeof u==
"string"){if(u.length>1024)return r.errors=[{instancePath:t+"/approval/chain/"+y+"/comment",schemaPath:"#/properties/app\
roval/properties/chain/items/properties/comment/maxLength",keyword:"maxLength",params:{limit:1024}}],!1;if(u.length<1)return r.
errors=[{instancePath:t+"/approval/chain/"+y+"/comment",schemaPath:"#/properties/approval/properties/chain/items/propert\
ies/comment/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/approval/chain/"+
y+"/comment",schemaPath:"#/properties/approval/properties/chain/items/properties/comment/type",keyword:"type",params:{type:"\
string"}}],!1;var $=w===e}else var $=!0}}}}}else return r.errors=[{instancePath:t+"/approval/chain/"+y,schemaPath:"#/pro\
perties/approval/properties/chain/items/type",keyword:"type",params:{type:"object"}}],!1;var C=P===e;if(!C)break}}}else return r.
errors=[{instancePath:t+"/approval/chain",schemaPath:"#/properties/approval/properties/chain/type",keyword:"type",params:{
type:"array"}}],!1;var L=i===e}else var L=!0}}}}}}else return r.errors=[{instancePath:t+"/approval",schemaPath:"#/proper\
ties/approval/type",keyword:"type",params:{type:"object"}}],!1;var p=l===e}else var p=!0;if(p){if(m.business!==void 0){let a=m.
business;const l=e;if(e===l)if(a&&typeof a=="object"&&!Array.isArray(a)){const c=e;for(const s in a)if(!(s==="department"||
s==="project"||s==="function"||s==="customerId"||s==="ticket")){return r.errors=[{instancePath:t+"/business",schemaPath:"\
#/properties/business/additionalProperties",keyword:"additionalProperties",params:{additionalProperty:s}}],!1;break}if(c===
e){if(a.department!==void 0){let s=a.department;const i=e;if(e===i)if(typeof s=="string"){if(s.length>256)return r.errors=
[{instancePath:t+"/business/department",schemaPath:"#/properties/business/properties/department/maxLength",keyword:"maxL\
ength",params:{limit:256}}],!1;if(s.length<1)return r.errors=[{instancePath:t+"/business/department",schemaPath:"#/prope\
rties/business/properties/department/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+
"/business/department",schemaPath:"#/properties/business/properties/department/type",keyword:"type",params:{type:"string"}}],
!1;var _=i===e}else var _=!0;if(_){if(a.project!==void 0){let s=a.project;const i=e;if(e===i)if(typeof s=="string"){if(s.
length>256)return r.errors=[{instancePath:t+"/business/project",schemaPath:"#/properties/business/properties/project/max\
Length",keyword:"maxLength",params:{limit:256}}],!1;if(s.length<1)return r.errors=[{instancePath:t+"/business/project",schemaPath:"\
#/properties/business/properties/project/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+
"/business/project",schemaPath:"#/properties/business/properties/project/type",keyword:"type",params:{type:"string"}}],!1;
var _=i===e}else var _=!0;if(_){if(a.function!==void 0){let s=a.function;const i=e;if(e===i)if(typeof s=="string"){if(s.
length>256)return r.errors=[{instancePath:t+"/business/function",schemaPath:"#/properties/business/properties/function/m\
axLength",keyword:"maxLength",params:{limit:256}}],!1;if(s.length<1)return r.errors=[{instancePath:t+"/business/function",
schemaPath:"#/properties/business/properties/function/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.
errors=[{instancePath:t+"/business/function",schemaPath:"#/properties/business/properties/function/type",keyword:"type",
params:{type:"string"}}],!1;var _=i===e}else var _=!0;if(_){if(a.customerId!==void 0){let s=a.customerId;const i=e;if(e===
i)if(typeof s=="string"){if(s.length>256)return r.errors=[{instancePath:t+"/business/customerId",schemaPath:"#/propertie\
s/business/properties/customerId/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(s.length<1)return r.errors=[{
instancePath:t+"/business/customerId",schemaPath:"#/properties/business/properties/customerId/minLength",keyword:"minLen\
gth",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/business/customerId",schemaPath:"#/properties/busines\
s/properties/customerId/type",keyword:"type",params:{type:"string"}}],!1;var _=i===e}else var _=!0;if(_)if(a.ticket!==void 0){
let s=a.ticket;const i=e;if(e===i)if(typeof s=="string"){if(s.length>256)return r.errors=[{instancePath:t+"/business/tic\
ket",schemaPath:"#/properties/business/properties/ticket/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(s.length<
1)return r.errors=[{instancePath:t+"/business/ticket",schemaPath:"#/properties/business/properties/ticket/minLength",keyword:"\
minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+"/business/ticket",schemaPath:"#/properties/busin\
ess/properties/ticket/type",keyword:"type",params:{type:"string"}}],!1;var _=i===e}else var _=!0}}}}}else return r.errors=
[{instancePath:t+"/business",schemaPath:"#/properties/business/type",keyword:"type",params:{type:"object"}}],!1;var p=l===
e}else var p=!0;if(p){if(m.labels!==void 0){let a=m.labels;const l=e;if(e===l)if(a&&typeof a=="object"&&!Array.isArray(a)){
if(Object.keys(a).length>20)return r.errors=[{instancePath:t+"/labels",schemaPath:"#/properties/labels/maxProperties",keyword:"\
maxProperties",params:{limit:20}}],!1;for(const c in a){const s=e;if(e===s)if(typeof c=="string"){if(c.length>64){const i={
instancePath:t+"/labels",schemaPath:"#/properties/labels/propertyNames/maxLength",keyword:"maxLength",params:{limit:64},
propertyName:c};x===null?x=[i]:x.push(i),e++}else if(c.length<1){const i={instancePath:t+"/labels",schemaPath:"#/propert\
ies/labels/propertyNames/minLength",keyword:"minLength",params:{limit:1},propertyName:c};x===null?x=[i]:x.push(i),e++}}else{
const i={instancePath:t+"/labels",schemaPath:"#/properties/labels/propertyNames/type",keyword:"type",params:{type:"strin\
g"},propertyName:c};x===null?x=[i]:x.push(i),e++}var H=s===e;if(!H){const i={instancePath:t+"/labels",schemaPath:"#/prop\
erties/labels/propertyNames",keyword:"propertyNames",params:{propertyName:c}};return x===null?x=[i]:x.push(i),e++,r.errors=
x,!1;break}}if(H)for(const c in a){let s=a[c];const i=e;if(e===i)if(typeof s=="string"){if(s.length>256)return r.errors=
[{instancePath:t+"/labels/"+c.replace(/~/g,"~0").replace(/\//g,"~1"),schemaPath:"#/properties/labels/additionalPropertie\
s/maxLength",keyword:"maxLength",params:{limit:256}}],!1}else return r.errors=[{instancePath:t+"/labels/"+c.replace(/~/g,
"~0").replace(/\//g,"~1"),schemaPath:"#/properties/labels/additionalProperties/type",keyword:"type",params:{type:"string"}}],
!1;var S=i===e;if(!S)break}}else return r.errors=[{instancePath:t+"/labels",schemaPath:"#/properties/labels/type",keyword:"\
type",params:{type:"object"}}],!1;var p=l===e}else var p=!0;if(p)if(m.client!==void 0){let a=m.client;const l=e;if(e===l)
if(a&&typeof a=="object"&&!Array.isArray(a)){const c=e;for(const s in a)if(!(s==="ip"||s==="forwardedFor"||s==="userAgen\
t")){return r.errors=[{instancePath:t+"/client",schemaPath:"#/properties/client/additionalProperties",keyword:"additiona\
lProperties",params:{additionalProperty:s}}],!1;break}if(c===e){if(a.ip!==void 0){let s=a.ip;const i=e;if(e===i)if(typeof s==
"string"){if(s.length>64)return r.errors=[{instancePath:t+"/client/ip",schemaPath:"#/properties/client/properties/ip/max\
Length",keyword:"maxLength",params:{limit:64}}],!1;if(s.length<1)return r.errors=[{instancePath:t+"/client/ip",schemaPath:"\
#/properties/client/properties/ip/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.errors=[{instancePath:t+
"/client/ip",schemaPath:"#/properties/client/properties/ip/type",keyword:"type",params:{type:"string"}}],!1;var I=i===e}else
var I=!0;if(I){if(a.forwardedFor!==void 0){let s=a.forwardedFor;const i=e;if(e===i)if(Array.isArray(s)){if(s.length>20)return r.
errors=[{instancePath:t+"/client/forwardedFor",schemaPath:"#/properties/client/properties/forwardedFor/maxItems",keyword:"\
maxItems",params:{limit:20}}],!1;{var J=!0;const f=s.length;for(let y=0;y<f;y++){let h=s[y];const P=e;if(e===P)if(typeof h==
"string"){if(h.length>256)return r.errors=[{instancePath:t+"/client/forwardedFor/"+y,schemaPath:"#/properties/client/pro\
perties/forwardedFor/items/maxLength",keyword:"maxLength",params:{limit:256}}],!1;if(h.length<1)return r.errors=[{instancePath:t+
"/client/forwardedFor/"+y,schemaPath:"#/properties/client/properties/forwardedFor/items/minLength",keyword:"minLength",params:{
limit:1}}],!1}else return r.errors=[{instancePath:t+"/client/forwardedFor/"+y,schemaPath:"#/properties/client/properties\
/forwardedFor/items/type",keyword:"type",params:{type:"string"}}],!1;var J=P===e;if(!J)break}}}else return r.errors=[{instancePath:t+
"/client/forwardedFor",schemaPath:"#/properties/client/properties/forwardedFor/type",keyword:"type",params:{type:"array"}}],
!1;var I=i===e}else var I=!0;if(I)if(a.userAgent!==void 0){let s=a.userAgent;const i=e;if(e===i)if(typeof s=="string"){if(s.
length>1024)return r.errors=[{instancePath:t+"/client/userAgent",schemaPath:"#/properties/client/properties/userAgent/ma\
xLength",keyword:"maxLength",params:{limit:1024}}],!1;if(s.length<1)return r.errors=[{instancePath:t+"/client/userAgent",
schemaPath:"#/properties/client/properties/userAgent/minLength",keyword:"minLength",params:{limit:1}}],!1}else return r.
errors=[{instancePath:t+"/client/userAgent",schemaPath:"#/properties/client/properties/userAgent/type",keyword:"type",params:{
type:"string"}}],!1;var I=i===e}else var I=!0}}}else return r.errors=[{instancePath:t+"/client",schemaPath:"#/properties\
/client/type",keyword:"type",params:{type:"object"}}],!1;var p=l===e}else var p=!0}}}}}}}}}}}}}}}}}}}}}}}}}else return r.
errors=[{instancePath:t,schemaPath:"#/type",keyword:"type",params:{type:"object"}}],!1;return r.errors=x,e===0}r.evaluated=
{props:!0,dynamicProps:!1,dynamicItems:!1};
