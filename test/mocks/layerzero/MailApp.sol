// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OApp} from "@lz/oapp-evm/contracts/oapp/OApp.sol";
import {Origin} from "@lz/oapp-evm/contracts/oapp/OAppReceiver.sol";
import {MessagingFee} from "@lz/oapp-evm/contracts/oapp/OAppSender.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

/// @notice The least application that LayerZero carries messages for: it counts what arrives, and refuses when told to.
contract MailApp is OApp {
    bool public refuses;
    uint256 public received;
    bytes public lastMessage;
    address public lastExecutor;

    error Refused(bytes32 guid);

    constructor(address endpoint_, address owner_) OApp(endpoint_, owner_) Ownable(owner_) {}

    function setRefuses(bool refuses_) external onlyOwner {
        refuses = refuses_;
    }

    function send(uint32 eid, bytes calldata message, bytes calldata options) external payable returns (bytes32) {
        return _lzSend(eid, message, options, MessagingFee(msg.value, 0), msg.sender).guid;
    }

    function quote(uint32 eid, bytes calldata message, bytes calldata options) external view returns (uint256) {
        return _quote(eid, message, options, false).nativeFee;
    }

    function _lzReceive(
        Origin calldata,
        bytes32 guid,
        bytes calldata message,
        address executor,
        bytes calldata
    ) internal override {
        if (refuses) revert Refused(guid);

        ++received;
        (lastMessage, lastExecutor) = (message, executor);
    }
}
